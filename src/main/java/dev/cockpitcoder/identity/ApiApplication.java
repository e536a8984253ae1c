package dev.cockpitcoder.identity;

import java.util.Map;

import jakarta.annotation.security.DeclareRoles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

import org.eclipse.microprofile.auth.LoginConfig;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** The REST API, guarded by MicroProfile JWT. */
@ApplicationScoped
@ApplicationPath("/api")
@LoginConfig(authMethod = "MP-JWT", realmName = "cockpit-coder")
@DeclareRoles({Role.OPERATOR_NAME, Role.SESSION_NAME})
@SecurityScheme(
        securitySchemeName = "token",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        bearerFormat = "JWT",
        description = "An operator's token (POST /api/auth/pair) or a session's (POST /api/session).")
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Cockpit Coder",
                        version = "1",
                        description =
                                "Drive real shells on your own repositories from a phone or a browser. Every refusal is "
                                        + "application/problem+json (RFC 9457) with a stable code. The WebSocket endpoints are "
                                        + "/ws/pty and /ws/events.",
                        license = @License(name = "MIT", url = "https://opensource.org/license/mit")),
        security = @SecurityRequirement(name = "token"))
public class ApiApplication extends Application {
    /** No WADL, Jersey's description of the API: it is at {@code /openapi}. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }
}
