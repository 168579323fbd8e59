"""The shared cache: a table that counts exactly; in production Redis, and the table while Redis is away."""

import base64
import logging
import pickle
from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.redis import RedisCache
from django.db import connections, router, transaction
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


class CountingDatabaseCache(DatabaseCache):
    """The cache table, in which two who count at once are both counted, and counting keeps the time to forget."""

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Add to a number that is there; the row stays locked meanwhile. Raises ValueError when there is none."""
        row = self.make_and_validate_key(key, version=version)
        alias = router.db_for_write(self.cache_model_class)
        connection = connections[alias]
        table, value, name = (
            connection.ops.quote_name(word) for word in (self.cache_model_class._meta.db_table, "value", "cache_key")
        )
        lock = connection.ops.for_update_sql() if connection.features.has_select_for_update else ""
        with transaction.atomic(using=alias), connection.cursor() as cursor:
            cursor.execute(f"SELECT {value} FROM {table} WHERE {name} = %s {lock}", [row])
            found = self.get(key, version=version) if cursor.fetchone() else None
            if found is None:
                raise ValueError(f"Key {key!r} not found")
            total = int(found) + delta
            words = base64.b64encode(pickle.dumps(total, self.pickle_protocol)).decode("latin1")
            cursor.execute(f"UPDATE {table} SET {value} = %s WHERE {name} = %s", [words, row])
        return total


def _else_database(name: str) -> Callable[..., Any]:
    plain = getattr(RedisCache, name)

    def asked(cache: RedisCache, *args: Any, **options: Any) -> Any:
        try:
            return plain(cache, *args, **options)
        except RedisError as failure:
            logger.warning("Redis is away (%s): the cache table answers.", failure)
            return getattr(caches["database"], name)(*args, **options)

    return asked


class RedisElseDatabaseCache(RedisCache):
    """Sign-in counts its attempts in the cache: without Redis it must neither fail nor stop counting."""

    add: Any = _else_database("add")
    get: Any = _else_database("get")
    set: Any = _else_database("set")
    touch: Any = _else_database("touch")
    delete: Any = _else_database("delete")
    has_key: Any = _else_database("has_key")
    incr: Any = _else_database("incr")
    get_many: Any = _else_database("get_many")
    set_many: Any = _else_database("set_many")
    delete_many: Any = _else_database("delete_many")
