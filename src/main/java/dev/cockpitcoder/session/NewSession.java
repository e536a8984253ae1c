package dev.cockpitcoder.session;

/**
 * @param repo the absolute path of a repository on the server
 * @param label what people call the session; absent: the name of the repository
 * @param via how the client reached the server; existing clients send {@code direct}
 */
public record NewSession(String repo, String label, String via) {}
