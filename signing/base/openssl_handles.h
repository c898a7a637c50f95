#pragma once

// Handles of OpenSSL objects and its error queue.

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ocsp.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/handle.h"
#include "signing/base/certificate_info.h"

namespace sohoa {

using BioHandle = Handle<BIO, BIO_free_all>;
using KeyHandle = Handle<EVP_PKEY, EVP_PKEY_free>;
using KeyContext = Handle<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using DigestContext = Handle<EVP_MD_CTX, EVP_MD_CTX_free>;
using Certificate = Handle<X509, X509_free>;
using StoreHandle = Handle<X509_STORE, X509_STORE_free>;
using StoreContext = Handle<X509_STORE_CTX, X509_STORE_CTX_free>;
using NameHandle = Handle<X509_NAME, X509_NAME_free>;
using Pkcs12Handle = Handle<PKCS12, PKCS12_free>;

struct CertificateStackFree {
  /// Frees the stack, not the certificates on it.
  void operator()(STACK_OF(X509) * stack) const { sk_X509_free(stack); }
};
using CertificateStack = std::unique_ptr<STACK_OF(X509), CertificateStackFree>;

/// Empties this thread's OpenSSL error queue into one line: one fault leaves several entries.
std::string drainOpensslErrors();

inline const unsigned char* bytesOf(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

/// Parses one DER certificate that must fill the bytes exactly; null otherwise. Cached per thread.
Certificate certificateFromDer(std::string_view der);
std::string derOf(const X509* certificate);
CertificateInfo infoOf(const X509* certificate);
/// The epoch when `time` cannot be read.
Time timeOf(const ASN1_TIME* time);
std::string digestOf(const EVP_MD* method, std::string_view data);

/// Why the certificate may not be used for this purpose, a message id; nullptr: it may.
const char* unfitForDocuments(X509* certificate);
const char* unfitForTimestamps(X509* certificate);

}  // namespace sohoa
