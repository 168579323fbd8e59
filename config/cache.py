"""The shared cache in production: Redis, and the database while Redis is away."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


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
