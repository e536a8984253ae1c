package dev.cockpitcoder.patch;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Files that a tool runs, or runs something for, when the repository is merely used. */
final class RiskyFiles {
    private static final Set<String> NAMES = Set.of(
            ".gitattributes",
            ".gitmodules",
            ".npmrc",
            ".yarnrc",
            ".yarnrc.yml",
            ".pnpmfile.cjs",
            ".envrc",
            ".pre-commit-config.yaml",
            ".gitlab-ci.yml",
            ".travis.yml",
            ".mcp.json",
            "azure-pipelines.yml",
            "bitbucket-pipelines.yml",
            "jenkinsfile",
            "package.json",
            "makefile",
            "gnumakefile",
            "justfile",
            "rakefile",
            "gemfile",
            "pom.xml",
            "mvnw",
            "gradlew",
            "build.gradle",
            "build.gradle.kts",
            "settings.gradle",
            "settings.gradle.kts",
            "build.rs",
            "setup.py",
            "conftest.py",
            "tox.ini",
            "noxfile.py",
            "sitecustomize.py",
            "dockerfile",
            "docker-compose.yml",
            "compose.yaml");

    private static final Pattern PLACES = Pattern.compile(
            "(.*/)?(\\.github|\\.husky|\\.circleci|\\.vscode|\\.idea|\\.devcontainer|\\.mvn|\\.cargo|\\.claude|\\.codex|"
                    + "\\.gemini|\\.githooks)/.*");

    private RiskyFiles() {}

    static boolean isRisky(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        return NAMES.contains(name.substring(name.lastIndexOf('/') + 1))
                || PLACES.matcher(name).matches();
    }
}
