# As root the folder is given to the server's user, who then runs what was asked for.
set -eu
if [ "$1" = valkey-server ] && [ "$(id -u)" = 0 ]; then
    find . ! -user valkey -exec chown valkey {} +
    exec gosu valkey "$@" --bind '*' -::*
fi
exec "$@"
