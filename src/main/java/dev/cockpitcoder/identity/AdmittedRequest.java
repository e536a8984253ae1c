package dev.cockpitcoder.identity;

import java.io.IOException;
import java.security.Principal;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpUpgradeHandler;

import dev.cockpitcoder.server.PatientUpgrade;

/** A WebSocket handshake that passed the gate: it has its caller as principal, and its query no credential. */
final class AdmittedRequest extends HttpServletRequestWrapper {
    static final String TOKEN = "token";
    static final String TICKET = "ticket";
    private static final Set<String> CREDENTIALS = Set.of(TOKEN, TICKET);

    /** By its name: where there is no Tyrus, {@link PatientUpgrade} cannot even be loaded. */
    private static final String TYRUS = "org.glassfish.tyrus.servlet.TyrusHttpUpgradeHandler";

    private final Caller caller;

    AdmittedRequest(HttpServletRequest request, Caller caller) {
        super(request);
        this.caller = caller;
    }

    /** What another server upgrades with is left as it is. */
    @Override
    @SuppressWarnings("unchecked")
    public <T extends HttpUpgradeHandler> T upgrade(Class<T> handler) throws IOException, ServletException {
        return handler.getName().equals(TYRUS) ? (T) super.upgrade(PatientUpgrade.class) : super.upgrade(handler);
    }

    @Override
    public Principal getUserPrincipal() {
        return caller;
    }

    @Override
    public String getRemoteUser() {
        return caller.subject();
    }

    @Override
    public boolean isUserInRole(String role) {
        return caller.role().group().equals(role);
    }

    @Override
    public String getQueryString() {
        String query = super.getQueryString();
        return query == null
                ? null
                : Arrays.stream(query.split("&"))
                        .filter(pair -> !CREDENTIALS.contains(pair.split("=", 2)[0]))
                        .collect(Collectors.joining("&"));
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        Map<String, String[]> parameters = new HashMap<>(super.getParameterMap());
        parameters.keySet().removeAll(CREDENTIALS);
        return parameters;
    }

    @Override
    public String getParameter(String name) {
        return CREDENTIALS.contains(name) ? null : super.getParameter(name);
    }

    @Override
    public String[] getParameterValues(String name) {
        return CREDENTIALS.contains(name) ? null : super.getParameterValues(name);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(getParameterMap().keySet());
    }
}
