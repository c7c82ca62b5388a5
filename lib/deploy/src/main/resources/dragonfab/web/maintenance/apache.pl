# usage: RULES HOST BASE, and the files of the configuration of Apache on standard input, one on a line
# Reads all virtual hosts, as the one for nginx reads server blocks. Behind it stands what compares and prints them.
use strict;
my ($rules, $host, $base) = @ARGV;
my (%files, %upstreams, %defined, @sites);

sub matches {
    my ($pattern, $path) = @_;
    $pattern = "$base/$pattern" unless $pattern =~ m{^/};
    $pattern =~ s/(\[[^\]]*\])|(\*)|(\?)|([^\w\/])/defined $1 ? $1 : $2 ? "[^\/]*" : $3 ? "[^\/]" : "\\$4"/ge;
    return $path =~ /^$pattern(\/.*)?$/;
}

while (my $name = <STDIN>) {
    chomp $name;
    open my $file, "<", $name or next;
    my ($line, $whole, $from) = (0, "");
    while (my $read = <$file>) {
        $line++;
        $from = $line if $whole eq "";
        $whole .= $read =~ s/^\s+|\s+$//gr;
        next if $whole =~ s/\\$/ /;
        my @words = map { s/^(["'])(.*)\1$/$2/r } $whole =~ /<?\/?[^\s"'<>]*"(?:\\.|[^"\\])*"|'[^']*'|[^\s>]+/g;
        push @{ $files{$name} }, { file => $name, line => $from, words => [@words] } if @words && $whole !~ /^#/;
        $whole = "";
    }
}
# Later definitions win; what is not defined stays as it is written, and nobody can say what it is.
for my $each (map { @$_ } values %files) {
    $defined{ $each->{words}[1] } = $each->{words}[2] // "" if lc $each->{words}[0] eq "define" && @{ $each->{words} } > 1;
}
for my $each (map { @$_ } values %files) {
    s/\$\{(\w+)\}/$defined{$1} \/\/ "\${$1}"/ge for @{ $each->{words} };
}

sub expanded { return undef }
sub first_of { return $_[0] }

sub statements {
    my ($all, $deep) = (shift, shift // 0);
    return map {
        my $pattern = $_->{words}[0] =~ /^include(optional)?$/i ? $_->{words}[1] // "" : undef;
        !defined $pattern ? $_
            : matches($pattern, $rules) ? { %$_, words => ["the rules"] }
            : $deep > 20 ? ()
            : map { statements($files{$_}, $deep + 1) } grep { matches($pattern, $_) } sort keys %files;
    } @$all;
}

sub listen_of {
    my $text = shift;
    my ($address, $port) = $text =~ /^(\[.*\]|[^:]*):(\d+|\*)$/ ? ($1, $2) : ($text, "*");
    $address = "*" if $address =~ /^(_default_|0\.0\.0\.0)$/;
    return { address => $address, port => $port, flags => "", default => 0 };
}

for my $name (sort keys %files) {
    my ($site, $balancer, $within, $early, $ssl);
    my @lines = @{ $files{$name} };
    while (my $each = shift @lines) {
        my ($word, @more) = @{ $each->{words} };
        $word = lc $word;
        if ($word =~ /^include(optional)?$/ && $site) { unshift @lines, statements([$each]) if $word ne "the rules" && @lines < 1e5; next }
        if ($word eq "<virtualhost") {
            $site = { file => $each->{file}, line => $each->{line}, state => "no", names => [], passes => [], roots => {},
                listens => [ map { listen_of($_) } @more ] };
            ($within, $early, $ssl) = (0, 0, 0);
            push @sites, $site;
        }
        elsif ($word eq "</virtualhost") {
            for (@{ $site->{listens} }) {
                $_->{scheme} = $ssl ? "https" : "http";
                $_->{port} = $ssl ? 443 : 80 if $_->{port} eq "*";
            }
            $site = undef;
        }
        elsif ($word eq "<proxy" && @more && $more[0] =~ m{^balancer://([^/]+)}) { $balancer = lc $1 }
        elsif ($word eq "</proxy") { $balancer = undef }
        elsif ($word eq "balancermember") {
            my ($name) = $more[0] =~ m{^balancer://} ? shift(@more) =~ m{^balancer://([^/]+)} : $balancer;
            push @{ $upstreams{ lc $name } }, $more[0] if defined $name && @more;
        }
        elsif ($word =~ m{^<(/?)(location|locationmatch|directory|directorymatch|files|filesmatch|if|limit)$}) { $within += $1 ? -1 : 1 }
        next unless $site;
        if ($word eq "the rules") { $site->{state} = $within > 0 ? "within" : $early ? "late" : "yes" if $site->{state} eq "no" }
        elsif ($word eq "sslengine") { $ssl = lc $more[0] eq "on" }
        elsif ($word eq "sslverifyclient") { $site->{cert} = 1 if lc $more[0] eq "require" }
        elsif ($word eq "servername") { push @{ $site->{names} }, $more[0] =~ s{^\w+://|:\d+$}{}gr }
        elsif ($word eq "serveralias") { push @{ $site->{names} }, @more }
        elsif ($word eq "documentroot") { $site->{roots}{ $more[0] } = 1 }
        elsif ($word eq "proxypass" || $word eq "proxypassmatch") {
            my ($target) = grep { m{^(\w+://|unix:|!$)} } @more;
            push @{ $site->{passes} }, [ "proxy", $target ] if defined $target && $target ne "!";
        }
        elsif ($word eq "rewriterule") {
            $early = 1 unless $within > 0;
            push @{ $site->{passes} }, [ "proxy", $more[1] ] if ($more[2] // "") =~ /\bP(roxy)?\b/i;
        }
        elsif ($word eq "sethandler" && $more[0] =~ /^proxy:(.*)/) {
            my $target = $1;
            push @{ $site->{passes} }, [ "fastcgi", $target, join " ", sort keys %{ $site->{roots} } ];
        }
        elsif ($word =~ /^wsgiscriptalias(match)?$/) { push @{ $site->{passes} }, [ "wsgi", "unix:wsgi $more[1]" ] }
    }
}
