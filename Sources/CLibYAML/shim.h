// The headers of CLibYAML and static-inline shims for what does not import as a function.
#ifndef DRAGOMAN_CLIBYAML_H
#define DRAGOMAN_CLIBYAML_H
#include <yaml.h>
#endif
