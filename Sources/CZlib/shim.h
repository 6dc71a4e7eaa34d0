// The headers of CZlib and static-inline shims for what does not import as a function.
#ifndef DRAGOMAN_CZLIB_H
#define DRAGOMAN_CZLIB_H
#include <zlib.h>
#endif
