package dev.cockpitcoder.server;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;

/** The URLs under which clients reach this server, and the host names it answers to. */
public final class ServerAddresses {
    private static final Pattern IP_LITERAL = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+\\]");
    private static final Pattern LOOPBACK = Pattern.compile("https?://(localhost|127\\.[\\d.]+|\\[::1\\])(:\\d+)?$");
    private static final Pattern PORT_SUFFIX = Pattern.compile(":\\d{1,5}$");

    private final ServerConfig config;

    public ServerAddresses(ServerConfig config) {
        this.config = config;
    }

    /** {@code API_BASE}, or the base the request came to: scheme, host and port, without a slash at the end. */
    public String apiBase(HttpServletRequest request) {
        return config.apiBase().map(URI::toString).orElseGet(() -> origin(request));
    }

    /** {@code WS_URL}, or the same host as {@link #apiBase} with {@code ws} or {@code wss}. */
    public String wsBase(HttpServletRequest request) {
        return config.wsUrl()
                .map(URI::toString)
                .orElseGet(() -> "ws" + apiBase(request).substring("http".length()));
    }

    /** The origin (RFC 6454) that a page served for this request has. */
    public String origin(HttpServletRequest request) {
        boolean proxied = config.trustedProxies().contains(request.getRemoteAddr());
        String scheme = proxied ? forwarded(request, "X-Forwarded-Proto").orElse("http") : request.getScheme();
        return (scheme.equals("https") ? "https" : "http") + "://" + requestedHost(request);
    }

    /**
     * Whether the request names a host that is ours. A page that rebinds its own name to our address (DNS rebinding) does
     * not; IP literals cannot be rebound.
     */
    public boolean serves(HttpServletRequest request) {
        String name = PORT_SUFFIX
                .matcher(requestedHost(request).toLowerCase(Locale.ROOT))
                .replaceFirst("");
        return name.equals("localhost")
                || IP_LITERAL.matcher(name).matches()
                || name.equalsIgnoreCase(config.host())
                || config.allowedHosts().contains(name)
                || isHostOf(config.apiBase(), name)
                || isHostOf(config.wsUrl(), name);
    }

    /** The base to print for people at this machine or, when listening on every address, on its network. */
    public String printedBase() {
        return config.apiBase().map(URI::toString).orElseGet(() -> {
            String host = config.host();
            if (InetAddresses.isWildcard(host)) {
                host = InetAddresses.onNetwork().orElse("127.0.0.1");
            }
            return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + config.port();
        });
    }

    /** The base to give to a further device: the one this caller came by, unless only this machine can use it. */
    public String sharedBase(HttpServletRequest request) {
        String base = apiBase(request);
        return LOOPBACK.matcher(base).lookingAt() ? printedBase() : base;
    }

    private String requestedHost(HttpServletRequest request) {
        boolean proxied = config.trustedProxies().contains(request.getRemoteAddr());
        Optional<String> forwarded = proxied ? forwarded(request, "X-Forwarded-Host") : Optional.empty();
        return forwarded.orElseGet(
                () -> Optional.ofNullable(request.getHeader("Host")).orElse(""));
    }

    private static Optional<String> forwarded(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getHeader(name))
                .map(value -> value.split(",", 2)[0].strip())
                .filter(value -> !value.isEmpty());
    }

    private static boolean isHostOf(Optional<URI> uri, String name) {
        return uri.map(URI::getHost).filter(name::equalsIgnoreCase).isPresent();
    }

    private static final class InetAddresses {
        static boolean isWildcard(String host) {
            return host.equals("0.0.0.0") || host.equals("::") || host.equals("*");
        }

        static Optional<String> onNetwork() {
            try {
                return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                        .flatMap(NetworkInterface::inetAddresses)
                        .filter(address -> address instanceof Inet4Address && address.isSiteLocalAddress())
                        .map(InetAddress::getHostAddress)
                        .findFirst();
            } catch (SocketException e) {
                return Optional.empty();
            }
        }
    }
}
