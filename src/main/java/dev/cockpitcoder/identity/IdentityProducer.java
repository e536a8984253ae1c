package dev.cockpitcoder.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;

import dev.cockpitcoder.server.Settings;

/** Makes this room's values injectable. */
@ApplicationScoped
class IdentityProducer {
    @Produces
    @Singleton
    IdentityConfig config(Settings settings) {
        return IdentityConfig.read(settings);
    }

    @Produces
    @Singleton
    SigningKeys keys() {
        return SigningKeys.shared();
    }

    /** For request-scoped resources. Elsewhere the caller is passed as an argument. */
    @Produces
    @Dependent
    Caller caller(HttpServletRequest request) {
        return Caller.of(request);
    }
}
