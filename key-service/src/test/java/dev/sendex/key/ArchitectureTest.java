package dev.sendex.key;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import dev.sendex.fixture.ArchitectureRules;
import dev.sendex.fixture.EntityRules;
import dev.sendex.fixture.ServiceRules;

@AnalyzeClasses(packages = "dev.sendex.key", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest static final ArchTests rules = ArchTests.in(ArchitectureRules.class);

    @ArchTest static final ArchTests serviceRules = ArchTests.in(ServiceRules.class);

    @ArchTest static final ArchTests entityRules = ArchTests.in(EntityRules.class);
}
