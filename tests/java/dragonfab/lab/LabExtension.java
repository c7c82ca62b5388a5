package dragonfab.lab;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Prepares this machine once for all classes of a run, and removes every container of the tests at its end. */
public final class LabExtension implements ExecutionCondition, BeforeAllCallback {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        var lab = System.getProperty("dragonfab.lab", "on");
        return lab.equals("on") ? ConditionEvaluationResult.enabled("LXC can run here")
                : ConditionEvaluationResult.disabled(lab);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent(Lab.class, key -> new Lab(), Lab.class);
    }
}
