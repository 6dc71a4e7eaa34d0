// The headers of COpenSSL and static-inline shims for what does not import as a function.
#ifndef DRAGOMAN_COPENSSL_H
#define DRAGOMAN_COPENSSL_H
#include <openssl/ssl.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#endif
