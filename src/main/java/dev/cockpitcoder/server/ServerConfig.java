package dev.cockpitcoder.server;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.eclipse.microprofile.config.Config;

/**
 * Where this server listens, what it tells clients about that, and where its data is.
 *
 * @param host the address listened on; a wildcard ({@code 0.0.0.0}, {@code ::}) is every address of the machine
 * @param apiBase {@code API_BASE}: what clients are told; empty: derived from each request
 * @param wsUrl {@code WS_URL}, likewise
 * @param allowedHosts host names served beside {@code localhost}, IP literals and those of the two URLs above
 * @param trustedProxies remote addresses whose {@code X-Forwarded-*} headers are believed
 * @param home {@code COCKPIT_HOME}
 */
public record ServerConfig(
        String host,
        int port,
        Optional<URI> apiBase,
        Optional<URI> wsUrl,
        Set<String> allowedHosts,
        Set<String> trustedProxies,
        Path home) {

    public ServerConfig {
        allowedHosts = Set.copyOf(allowedHosts);
        trustedProxies = Set.copyOf(trustedProxies);
    }

    /** @throws InvalidSetting naming the property that cannot be used */
    public static ServerConfig read(Config config) {
        Settings settings = new Settings(config);
        return new ServerConfig(
                settings.text("HOST").orElse("127.0.0.1"),
                (int) settings.number("PORT", 8080, 1, 65_535),
                settings.parsed("API_BASE", value -> base(value, "http", "https"), "an http:// or https:// URL"),
                settings.parsed("WS_URL", value -> base(value, "ws", "wss"), "a ws:// or wss:// URL"),
                Set.copyOf(settings.list("ALLOWED_HOSTS")),
                Set.copyOf(settings.list("TRUSTED_PROXIES")),
                settings.parsed("COCKPIT_HOME", Path::of, "a path")
                        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cockpit-coder"))
                        .toAbsolutePath());
    }

    private static URI base(String value, String... schemes) {
        URI uri = URI.create(value.endsWith("/") ? value.substring(0, value.length() - 1) : value);
        if (uri.getHost() == null || !List.of(schemes).contains(uri.getScheme()) || uri.getRawQuery() != null) {
            throw new IllegalArgumentException();
        }
        return uri;
    }
}
