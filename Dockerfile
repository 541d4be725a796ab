# The production image: one image for migration, workers, beat, Flower and the admin script.
#   docker build --build-arg REVISION=$(git rev-parse --short=12 HEAD) -t madoguchi .
ARG PYTHON=python:3.13.18-slim-trixie

FROM ${PYTHON} AS packages
COPY requirements.lock /
# Wheels only, each with the hash the lock says; pip itself stays in this stage.
RUN python -m venv --without-pip /opt/venv \
 && pip --python /opt/venv/bin/python install --quiet --no-cache-dir --no-deps --no-compile \
      --only-binary :all: --require-hashes -r /requirements.lock \
 && /opt/venv/bin/python -m compileall -q /opt/venv/lib

FROM ${PYTHON}
ARG REVISION=unknown
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONFAULTHANDLER=1 \
    MADOGUCHI_HOME=/srv/madoguchi
# A fixed number, so that volumes keep their owner from one image to the next. New volumes take their owner from these
# folders. What lies in memory at run time (docker-compose.yml) takes its mode from them and is root's: the last three
# are therefore open, inside a folder that is not.
# What monitors read is asked for by a second user, who may pass through var/ and open nothing of the office's.
RUN useradd --system --uid 10001 --user-group --no-create-home --home-dir /srv/madoguchi office \
 && useradd --system --uid 10002 --user-group --no-create-home --home-dir /srv/madoguchi metrics \
 && install -d -o office -g office -m 0711 /srv/madoguchi/var \
 && install -d -o office -g office -m 0700 /srv/madoguchi/var/spool /srv/madoguchi/var/evidence \
      /srv/madoguchi/var/finds /srv/madoguchi/var/discs /srv/madoguchi/var/audit /srv/madoguchi/var/tray \
      /srv/madoguchi/var/returns /srv/madoguchi/var/print /srv/madoguchi/var/scanned /srv/madoguchi/keys \
      /srv/madoguchi/backups /srv/madoguchi/vault \
 && install -d -o office -g office -m 1777 /srv/madoguchi/var/run /srv/madoguchi/var/log /srv/madoguchi/var/beat \
 && install -d -o office -g office -m 0755 /run/madoguchi /run/madoguchi-for/database /run/madoguchi-for/broker \
      /run/madoguchi-for/owner /run/madoguchi-for/work /run/madoguchi-for/beat /run/madoguchi-for/flower \
      /run/madoguchi-for/metrics
COPY --from=packages /opt/venv /opt/venv
COPY . /app
# What the history calls the code's revision; a commit's digits, nothing about who built it. A checkout that its owner
# alone may read becomes an image that its user may read.
# ./admin.py looks for its Python in the project's own folder, here as everywhere. Its help page keeps the list of
# transitions beside the compiled files, which nobody may write at run time; it is asked for in no office's home, because
# in the office's own root is refused.
RUN printf '%s\n' "${REVISION}" > /app/REVISION \
 && ln -s /opt/venv /app/.venv \
 && chmod -R a+rX /app \
 && python -m compileall -q -x '/\.venv/' /app \
 && MADOGUCHI_HOME=/tmp/none python /app/admin.py --help > /dev/null
WORKDIR /app
USER office
CMD ["python", "admin.py", "--help"]
