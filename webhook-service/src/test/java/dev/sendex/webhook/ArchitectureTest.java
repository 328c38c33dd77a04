package dev.sendex.webhook;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import dev.sendex.fixture.ArchitectureRules;
import dev.sendex.fixture.ServiceRules;

@AnalyzeClasses(
        packages = "dev.sendex.webhook",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest static final ArchTests rules = ArchTests.in(ArchitectureRules.class);

    @ArchTest static final ArchTests serviceRules = ArchTests.in(ServiceRules.class);
}
