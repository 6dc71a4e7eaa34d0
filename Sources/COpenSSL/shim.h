// The headers of COpenSSL and static-inline shims for what does not import as a function.
#ifndef DRAGOMAN_COPENSSL_H
#define DRAGOMAN_COPENSSL_H
#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/ocsp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

typedef int dragoman_server_name_callback(SSL *, int *, void *);
typedef int dragoman_status_callback(SSL *, void *);

static inline int dragoman_ssl_set_versions(SSL_CTX *context, int minimum, int maximum) {
    return SSL_CTX_set_min_proto_version(context, minimum) && SSL_CTX_set_max_proto_version(context, maximum);
}

static inline void dragoman_ssl_harden(SSL_CTX *context) {
    SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
}

// AES for those who have it in hardware, ChaCha20 for those who put it first.
static inline void dragoman_ssl_prefer_own_order(SSL_CTX *context) {
    SSL_CTX_set_options(context, SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
}

static inline int dragoman_ssl_set_groups(SSL_CTX *context, const char *list) {
    return SSL_CTX_set1_groups_list(context, list) == 1;
}

static inline void dragoman_ssl_set_session_cache_mode(SSL_CTX *context, long mode) {
    SSL_CTX_set_session_cache_mode(context, mode);
}

static inline void dragoman_ssl_set_max_cert_list(SSL_CTX *context, long bytes) {
    SSL_CTX_set_max_cert_list(context, bytes);
}

static inline void dragoman_ssl_on_server_name(
    SSL_CTX *context, dragoman_server_name_callback *callback, void *argument) {
    SSL_CTX_set_tlsext_servername_callback(context, callback);
    SSL_CTX_set_tlsext_servername_arg(context, argument);
}

static inline void dragoman_ssl_on_status_request(
    SSL_CTX *context, dragoman_status_callback *callback, void *argument) {
    SSL_CTX_set_tlsext_status_cb(context, callback);
    SSL_CTX_set_tlsext_status_arg(context, argument);
}

// OpenSSL frees the response.
static inline int dragoman_ssl_staple(SSL *ssl, const void *response, size_t count) {
    void *copy = OPENSSL_memdup(response, count);
    if (copy == NULL) return 0;
    SSL_set_tlsext_status_ocsp_resp(ssl, copy, (long)count);
    return 1;
}

static inline int dragoman_ssl_set_server_name(SSL *ssl, const char *name) {
    return SSL_set_tlsext_host_name(ssl, name) == 1;
}

static inline void dragoman_bio_wants_read(BIO *bio) { BIO_set_retry_read(bio); }
static inline void dragoman_bio_is_fine(BIO *bio) { BIO_clear_retry_flags(bio); }

// A name as RFC 2253 writes it, in ASCII.
static inline int dragoman_write_name(BIO *out, const X509_NAME *name) {
    return X509_NAME_print_ex(out, name, 0, XN_FLAG_RFC2253) >= 0;
}

// Keys the MAC of session tickets: HMAC-SHA256.
static inline int dragoman_key_ticket_mac(EVP_MAC_CTX *mac, const void *key, size_t count) {
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_octet_string(OSSL_MAC_PARAM_KEY, (void *)key, count),
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, (char *)"SHA256", 0),
        OSSL_PARAM_construct_end(),
    };
    return EVP_MAC_CTX_set_params(mac, parameters);
}

static inline void dragoman_openssl_free(void *memory) { OPENSSL_free(memory); }
#endif
