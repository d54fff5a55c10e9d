# onrecord with its server, PostgreSQL driver and Parquet. It runs as nobody in particular, writes to /data and /tmp
# alone (so the rest can be read-only), and fetches nothing. See docs/how-to/container.md.

FROM python:3.12-slim-bookworm AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY src src
RUN python -m venv /opt/onrecord \
 && /opt/onrecord/bin/pip install --no-cache-dir '.[serve,postgresql,tables]' \
 && /opt/onrecord/bin/python -m compileall -q /opt/onrecord/lib

FROM python:3.12-slim-bookworm
LABEL org.opencontainers.image.title="onrecord" \
      org.opencontainers.image.description="Reads English news and writes down what is on record" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /opt/onrecord /opt/onrecord
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin onrecord \
 && install --directory --owner=10001 --mode=0750 /data
ENV PATH=/opt/onrecord/bin:$PATH \
    HOME=/tmp \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8765
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8765/sign-in', timeout=4).close()"]
ENTRYPOINT ["onrecord"]
CMD ["serve", "/data/news.db", "--accounts", "--host", "0.0.0.0"]
