package dev.cockpitcoder.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;

/** The Chromium of this machine, kept to loopback addresses. */
final class Chromium implements AutoCloseable {
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-background-networking",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");

    private static final String ANDROID =
            "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko)"
                    + " Chrome/130.0.0.0 Mobile Safari/537.36";

    private final Playwright playwright;
    private final Browser browser;

    static Optional<Path> installed() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(at -> Path.of(at, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    Chromium(Path executable) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(ARGUMENTS));
    }

    Console desk() {
        return new Console(
                "desk",
                browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(1280, 800)
                        .setReducedMotion(Console.STILL)));
    }

    Console phone() {
        return new Console(
                "phone",
                browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(390, 844)
                        .setUserAgent(ANDROID)
                        .setReducedMotion(Console.STILL)
                        .setDeviceScaleFactor(2)
                        .setHasTouch(true)
                        .setIsMobile(true)));
    }

    @Override
    public void close() {
        playwright.close();
    }
}
