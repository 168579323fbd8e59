FROM python:3.11-slim

# Pango draws the text of the PDFs; nothing else of Debian is needed.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin simpul \
    && install -d -o simpul -g simpul -m 0700 /data

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    SIMPUL_HOME=/data \
    SIMPUL_BIND=0.0.0.0:8000

WORKDIR /app
COPY requirements.txt .
RUN pip install --disable-pip-version-check --require-hashes -r requirements.txt
COPY . .
RUN python -m compileall -q .

USER simpul
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "-c", "python:config.webserver", "config.wsgi"]
