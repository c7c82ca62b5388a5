package dragonfab.lab;

import dragonfab.shell.Shell;

@OnContainers
class LocalShellTest implements ShellContract {

    @Override
    public Shell shell() {
        return Lab.HERE;
    }
}
