package org.stratafed.simulator.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.stratafed.simulator.scenario.Scenario;

class CatalogTest {

    @Test
    void everyScenarioIsFoundByItsNameAndByItsKind() {
        assertThat(Catalog.all())
                .extracting(Scenario::name)
                .doesNotHaveDuplicates()
                .doesNotContain("")
                .allSatisfy(
                        name ->
                                assertThat(Catalog.named(name))
                                        .extracting(Scenario::name)
                                        .contains(name));
        assertThat(Catalog.named("missing-pdu"))
                .extracting(Scenario::name)
                .contains("missing-pdu/levels-1000", "missing-pdu/nobody-has-it");
        assertThat(Catalog.named("missing")).isEmpty();
    }
}
