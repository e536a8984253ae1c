package dev.cockpitcoder.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;

import dev.cockpitcoder.server.ServerAddresses;

/** Which web pages may talk to this server (RFC 6454): its own, and those of {@code CORS_ORIGINS}, compared exactly. */
@ApplicationScoped
class Origins {
    private ServerAddresses addresses;
    private IdentityConfig config;

    Origins() {}

    @Inject
    Origins(ServerAddresses addresses, IdentityConfig config) {
        this.addresses = addresses;
        this.config = config;
    }

    /** True for a request without an origin too: native clients send none. */
    boolean allows(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        return origin == null || isListed(origin) || origin.equals(addresses.origin(request));
    }

    boolean isListed(String origin) {
        return config.corsOrigins().contains(origin);
    }
}
