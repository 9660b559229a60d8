# Assets, then packages, then an image that holds neither compilers nor installers and runs as nobody in particular.

FROM node:22-slim AS assets
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build

FROM python:3.12-slim AS packages
WORKDIR /srv/medborger
ENV PATH=/srv/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1
COPY requirements-uv.lock requirements-site.lock ./
RUN python -m venv /srv/venv \
    && pip install --no-cache-dir --require-hashes --no-deps --target /srv/uv -r requirements-uv.lock \
    && /srv/uv/bin/uv pip sync --python /srv/venv/bin/python --require-hashes --no-build --compile-bytecode --no-cache \
       requirements-site.lock
RUN apt-get update && apt-get install --yes --no-install-recommends gettext
COPY . .
COPY --from=assets /build/static/build static/build
RUN export DATABASE_URL=postgres://build@none/none REDIS_URL=redis://none SECRET_KEY=build STATIC_ROOT=/srv/static \
    && python manage.py compilemessages --ignore node_modules \
    && python manage.py collectstatic --no-input

FROM python:3.12-slim
RUN useradd --system --uid 10001 --no-create-home medborger && install -d -o medborger -g medborger /srv/media
WORKDIR /srv/medborger
ENV PATH=/srv/venv/bin:$PATH PYTHONUNBUFFERED=1
COPY --from=packages /srv/venv /srv/venv
COPY --from=packages /srv/static /srv/static
COPY --from=packages /srv/medborger /srv/medborger
USER medborger
EXPOSE 8000
CMD ["gunicorn", "-c", "deploy/gunicorn.conf.py", "medborger.wsgi"]
