"""Without Redis the cache table answers, quickly, so that sign-in neither fails nor stops counting."""

import time

import pytest
from django.core.cache import cache, caches
from django.core.management import call_command
from django.db import connection


@pytest.fixture
def cache_without_redis(settings, db):
    settings.CACHES = {
        "default": {
            "BACKEND": "config.cache.RedisElseDatabaseCache",
            "LOCATION": "redis://127.0.0.1:1/0",
            "OPTIONS": {"socket_connect_timeout": 0.5, "retry": None},
        },
        "database": settings.DATABASE_CACHE,
    }
    call_command("createcachetable")
    return caches["default"]


def test_attempts_are_still_counted(cache_without_redis):
    cache_without_redis.set("percobaan", 1, timeout=60)
    cache_without_redis.incr("percobaan")

    assert cache_without_redis.get("percobaan") == 2
    assert cache_without_redis.add("percobaan", 9) is False


def test_a_cache_that_is_down_never_hangs_a_page(cache_without_redis):
    began = time.monotonic()

    for _ in range(10):
        cache_without_redis.get("percobaan")

    assert time.monotonic() - began < 20  # a hang, not a speed: each of the ten would wait for its own timeout


def test_it_is_said_in_the_log(cache_without_redis, caplog):
    cache_without_redis.get("percobaan")

    assert "Redis is away" in caplog.text


def test_counting_keeps_the_time_to_forget(db):
    cache.set("percobaan", 1, timeout=60)
    before = forgotten_at("percobaan")

    assert cache.incr("percobaan", 2) == 3

    assert cache.get("percobaan") == 3
    assert forgotten_at("percobaan") == before


def test_what_is_not_there_or_forgotten_is_not_counted(db):
    cache.set("percobaan", 1, timeout=-1)

    for key in ("percobaan", "tidak-ada"):
        with pytest.raises(ValueError, match="not found"):
            cache.incr(key)


def forgotten_at(key):
    with connection.cursor() as cursor:
        cursor.execute("SELECT expires FROM simpul_cache WHERE cache_key = %s", [cache.make_key(key)])
        return cursor.fetchone()[0]
