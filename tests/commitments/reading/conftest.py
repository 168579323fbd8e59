from hypothesis import HealthCheck, settings

# A busy machine must not turn a true property into a failure.
settings.register_profile("reading", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("reading")
