package dev.cockpitcoder.identity;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.cockpitcoder.server.InvalidSetting;
import dev.cockpitcoder.server.MapConfig;
import dev.cockpitcoder.server.Settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class IdentityConfigTest {
    @Test
    void theMarkerOfTheSpecificationMeansNotConfigured() {
        assertThat(read(Map.of("JWT_SECRET", "change_me")).jwtSecret()).isEmpty();
        assertThat(read(Map.of()).jwtSecret()).isEmpty();
        assertThat(read(Map.of()).corsOrigins()).containsExactly("http://localhost:19006");
    }

    @Test
    void weakSecretsFailTheStart() {
        for (String secret : List.of(
                "password",
                "your_secret",
                "<secure-secret>",
                "Change-Me",
                "x".repeat(40),
                "only thirty one bytes in length")) {
            assertThatThrownBy(() -> read(Map.of("JWT_SECRET", secret)))
                    .as(secret)
                    .isInstanceOf(InvalidSetting.class)
                    .hasMessageStartingWith("JWT_SECRET ")
                    .hasMessageNotContaining(secret);
        }
    }

    @Test
    void onlyExactOriginsAreTaken() {
        assertThat(read(Map.of("CORS_ORIGINS", "https://a.example, http://localhost:3000"))
                        .corsOrigins())
                .containsExactlyInAnyOrder("https://a.example", "http://localhost:3000");
        for (String origins : List.of(
                "*",
                "a.example",
                "https://a.example/",
                "https://a.example/path",
                "https://u@a.example",
                "https://*.example")) {
            assertThatThrownBy(() -> read(Map.of("CORS_ORIGINS", origins)))
                    .as(origins)
                    .isInstanceOf(InvalidSetting.class)
                    .hasMessageStartingWith("CORS_ORIGINS ");
        }
    }

    private static IdentityConfig read(Map<String, String> values) {
        return IdentityConfig.read(new Settings(new MapConfig(values)));
    }
}
