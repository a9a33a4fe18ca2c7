# Two stages: one with the installer, one with Python, ITPulse and what copies its database.
# No container engine was at hand when this was written: the tests read it, nobody has built it.

FROM python:3.13-slim-trixie AS build
ENV UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1
WORKDIR /build
COPY requirements/uv.txt requirements/serve.txt requirements/
RUN python -m pip install --no-cache-dir --require-hashes --no-deps --target /uv -r requirements/uv.txt \
    && /uv/bin/uv venv /opt/itpulse \
    && /uv/bin/uv pip install --no-cache --python /opt/itpulse/bin/python --require-hashes -r requirements/serve.txt
# The sources come last: a change of ours does not fetch the libraries again.
COPY . .
RUN /uv/bin/uv pip install --no-cache --python /opt/itpulse/bin/python --no-build-isolation --no-deps .

FROM python:3.13-slim-trixie
ENV PATH=/opt/itpulse/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
# `itpulse backup` calls pg_dump, which must not be older than the database in docker-compose.yml.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends postgresql-client-17 \
    && rm -rf /var/lib/apt/lists/*
# Named volumes take their owner from these folders. The keys lie apart from everything that a
# backup may cover.
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin itpulse \
    && install -d -o itpulse -g itpulse -m 0700 /srv/itpulse /srv/itpulse/var /srv/itpulse-keys
COPY --from=build /opt/itpulse /opt/itpulse
WORKDIR /srv/itpulse
USER itpulse
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["itpulse"]
CMD ["serve", "--host", "0.0.0.0"]
