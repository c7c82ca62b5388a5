package dragonfab.shell;

import dragonfab.lab.Lab;
import dragonfab.lab.OnContainers;
import dragonfab.lab.ShellContract;

@OnContainers
class LocalShellTest implements ShellContract {

    @Override
    public Shell shell() {
        return Lab.HERE;
    }
}
