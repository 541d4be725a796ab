# What the official image does at its start, as far as docker-compose.yml relies on it: as root it gives the folders to
# the server's user and goes on as that; the first start makes the cluster, the user's password and the database, behind
# a server that listens on its socket alone.
set -eu
run=/var/run/postgresql
if [ "$(id -u)" = 0 ]; then
    mkdir -p "$PGDATA" "$run"
    chmod 0700 "$PGDATA"
    find "$PGDATA" "$run" ! -user postgres -exec chown postgres {} +
    exec gosu postgres sh "$0" "$@"
fi
if [ ! -s "$PGDATA/PG_VERSION" ]; then
    # shellcheck disable=SC2086 - several words by intention
    initdb --username="$POSTGRES_USER" --pwfile="$POSTGRES_PASSWORD_FILE" ${POSTGRES_INITDB_ARGS:-}
    echo "host all all all scram-sha-256" >> "$PGDATA/pg_hba.conf"
    pg_ctl -w -o "-c listen_addresses=''" start
    [ "$POSTGRES_DB" = postgres ] || createdb --username="$POSTGRES_USER" "$POSTGRES_DB"
    pg_ctl -w -m fast stop
fi
exec "$@" -c listen_addresses='*'
