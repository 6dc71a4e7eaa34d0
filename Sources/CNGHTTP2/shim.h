// The headers of CNGHTTP2 and static-inline shims for what does not import as a function.
#ifndef DRAGOMAN_CNGHTTP2_H
#define DRAGOMAN_CNGHTTP2_H
#include <nghttp2/nghttp2.h>
#endif
