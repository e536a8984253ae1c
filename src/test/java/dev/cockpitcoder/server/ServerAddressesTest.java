package dev.cockpitcoder.server;

import java.lang.reflect.Proxy;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ServerAddressesTest {
    @Test
    void clientsAreToldTheAddressTheyCameBy() {
        ServerAddresses addresses = addresses(Map.of());
        HttpServletRequest request = request("10.0.0.7", Map.of("Host", "192.168.1.5:8080"));

        assertThat(addresses.apiBase(request)).isEqualTo("http://192.168.1.5:8080");
        assertThat(addresses.wsBase(request)).isEqualTo("ws://192.168.1.5:8080");
        assertThat(addresses.sharedBase(request)).isEqualTo("http://192.168.1.5:8080");
    }

    @Test
    void whatIsConfiguredWins() {
        ServerAddresses addresses = addresses(Map.of("API_BASE", "https://c.example", "WS_URL", "wss://w.example"));
        HttpServletRequest request = request("127.0.0.1", Map.of("Host", "localhost:8080"));

        assertThat(addresses.apiBase(request)).isEqualTo("https://c.example");
        assertThat(addresses.wsBase(request)).isEqualTo("wss://w.example");
        assertThat(addresses.printedBase()).isEqualTo("https://c.example");
    }

    @Test
    void onlyATrustedProxyIsBelieved() {
        Map<String, String> headers =
                Map.of("Host", "127.0.0.1:8080", "X-Forwarded-Host", "c.example", "X-Forwarded-Proto", "https");
        ServerAddresses addresses = addresses(Map.of("TRUSTED_PROXIES", "10.0.0.1", "ALLOWED_HOSTS", "c.example"));

        assertThat(addresses.apiBase(request("10.0.0.1", headers))).isEqualTo("https://c.example");
        assertThat(addresses.apiBase(request("10.0.0.2", headers))).isEqualTo("http://127.0.0.1:8080");
        assertThat(addresses.serves(request("10.0.0.1", headers))).isTrue();
    }

    @Test
    void aNameThatIsNotOursIsNotServed() {
        ServerAddresses addresses = addresses(Map.of("HOST", "box.local", "ALLOWED_HOSTS", "c.example"));

        for (String host : new String[] {
            "localhost", "LOCALHOST:8080", "127.0.0.1", "192.168.1.5:80", "[::1]:8080", "box.local:8080", "c.example"
        }) {
            assertThat(addresses.serves(request("127.0.0.1", Map.of("Host", host))))
                    .as(host)
                    .isTrue();
        }
        for (String host : new String[] {
            "",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "1.2.3.4.5",
            "c.example.",
            "xc.example"
        }) {
            assertThat(addresses.serves(request("127.0.0.1", Map.of("Host", host))))
                    .as(host)
                    .isFalse();
        }
    }

    private static ServerAddresses addresses(Map<String, String> settings) {
        return new ServerAddresses(ServerConfig.read(new MapConfig(settings)));
    }

    private static HttpServletRequest request(String from, Map<String, String> headers) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                ServerAddressesTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getHeader" -> headers.get((String) arguments[0]);
                    case "getRemoteAddr" -> from;
                    case "getScheme" -> "http";
                    default -> throw new IllegalStateException(method.getName());
                });
    }
}
