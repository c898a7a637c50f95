#include "signing/base/openssl_handles.h"

#include <openssl/err.h>

#include <ctime>
#include <map>
#include <stdexcept>

namespace sohoa {
namespace {

std::string textOf(const X509_NAME* name) {
  const BioHandle out(BIO_new(BIO_s_mem()));
  // XN_FLAG_RFC2253 would also escape bytes above ASCII; without ESC_MSB they stay readable UTF-8.
  X509_NAME_print_ex(out.get(), name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
  char* data = nullptr;
  const long size = BIO_get_mem_data(out.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

std::string partOf(const X509_NAME* name, int nid) {
  const int at = X509_NAME_get_index_by_NID(name, nid, -1);
  if (at < 0) return {};
  unsigned char* utf8 = nullptr;
  const int size =
      ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
  if (size < 0) return {};
  std::string text(reinterpret_cast<char*>(utf8), static_cast<std::size_t>(size));
  OPENSSL_free(utf8);
  return text;
}

}  // namespace

Time timeOf(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return Time{};
  return Time{std::chrono::seconds{timegm(&parts)}};
}

std::string drainOpensslErrors() {
  std::string text;
  while (const unsigned long code = ERR_get_error()) {
    char buffer[256];
    ERR_error_string_n(code, buffer, sizeof buffer);
    if (!text.empty()) text += "; ";
    text += buffer;
  }
  return text;
}

Certificate certificateFromDer(std::string_view der) {
  // Cached because OpenSSL takes longer to parse a certificate than to check a signature with it,
  // and the same authorities appear in file after file.
  constexpr std::size_t kMost = 2 << 20, kBiggest = 1 << 14;
  thread_local std::map<std::string, Certificate, std::less<>> known;
  thread_local std::size_t kept = 0;
  if (const auto found = known.find(der); found != known.end()) {
    X509_up_ref(found->second.get());
    return Certificate(found->second.get());
  }
  const unsigned char* at = bytesOf(der);
  Certificate certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  if (!certificate || at != bytesOf(der) + der.size()) {
    drainOpensslErrors();
    return nullptr;
  }
  if (der.size() > kBiggest) return certificate;
  if ((kept += der.size()) > kMost) {
    known.clear();
    kept = der.size();
  }
  X509_up_ref(certificate.get());
  known.emplace(der, certificate.get());
  return certificate;
}

std::string derOf(const X509* certificate) {
  const int size = i2d_X509(certificate, nullptr);
  std::string der(static_cast<std::size_t>(size > 0 ? size : 0), '\0');
  auto* at = reinterpret_cast<unsigned char*>(der.data());
  i2d_X509(certificate, &at);
  return der;
}

CertificateInfo infoOf(const X509* certificate) {
  CertificateInfo info;
  const X509_NAME* subject = X509_get_subject_name(certificate);
  info.subject = textOf(subject);
  info.issuer = textOf(X509_get_issuer_name(certificate));
  info.commonName = partOf(subject, NID_commonName);
  info.organisation = partOf(subject, NID_organizationName);
  const Handle<BIGNUM, BN_free> serial(
      ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr));
  if (serial) {
    char* hex = BN_bn2hex(serial.get());
    info.serial = hex;
    OPENSSL_free(hex);
  }
  info.notBefore = timeOf(X509_get0_notBefore(certificate));
  info.notAfter = timeOf(X509_get0_notAfter(certificate));
  return info;
}

std::string digestOf(const EVP_MD* method, std::string_view data) {
  std::string digest(EVP_MAX_MD_SIZE, '\0');
  unsigned size = 0;
  if (EVP_Digest(data.data(), data.size(), reinterpret_cast<unsigned char*>(digest.data()), &size,
                 method, nullptr) != 1) {
    throw std::logic_error("the digest library refused to work");
  }
  digest.resize(size);
  return digest;
}

const char* unfitForDocuments(X509* certificate) {
  // Without the extension OpenSSL sets every bit (RFC 5280, 4.2.1.3: no restriction).
  if ((X509_get_key_usage(certificate) &
       (X509v3_KU_DIGITAL_SIGNATURE | X509v3_KU_NON_REPUDIATION)) == 0) {
    return "the key usage of the certificate does not allow signing";
  }
  const std::uint32_t extended = X509_get_extended_key_usage(certificate);
  constexpr std::uint32_t kOtherTrades =
      XKU_TIMESTAMP | XKU_OCSP_SIGN | XKU_SSL_SERVER | XKU_CODE_SIGN | XKU_SGC | XKU_DVCS;
  const bool restricted = X509_get_ext_by_NID(certificate, NID_ext_key_usage, -1) >= 0;
  if (restricted && (extended & kOtherTrades) != 0 && (extended & ~kOtherTrades) == 0) {
    // XKU_* has no bit for document signing: a purpose without a bit counts as allowing it.
    const Handle<EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free> usage(
        static_cast<EXTENDED_KEY_USAGE*>(
            X509_get_ext_d2i(certificate, NID_ext_key_usage, nullptr, nullptr)));
    for (int i = 0; usage && i < sk_ASN1_OBJECT_num(usage.get()); ++i) {
      switch (OBJ_obj2nid(sk_ASN1_OBJECT_value(usage.get(), i))) {
        case NID_time_stamp:
        case NID_OCSP_sign:
        case NID_server_auth:
        case NID_code_sign:
        case NID_ms_sgc:
        case NID_ns_sgc:
        case NID_dvcs:
          break;
        default:
          return nullptr;
      }
    }
    return "the certificate is meant for other purposes than signing documents";
  }
  return nullptr;
}

const char* unfitForTimestamps(X509* certificate) {
  // RFC 3161, 2.3: timeStamping must be the only extended key usage, and critical.
  const int at = X509_get_ext_by_NID(certificate, NID_ext_key_usage, -1);
  const bool critical = at >= 0 && X509_EXTENSION_get_critical(X509_get_ext(certificate, at)) != 0;
  const Handle<EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free> usage(static_cast<EXTENDED_KEY_USAGE*>(
      X509_get_ext_d2i(certificate, NID_ext_key_usage, nullptr, nullptr)));
  if (!critical || !usage || sk_ASN1_OBJECT_num(usage.get()) != 1 ||
      OBJ_obj2nid(sk_ASN1_OBJECT_value(usage.get(), 0)) != NID_time_stamp) {
    return "the certificate of the timestamp is not meant for timestamps";
  }
  return nullptr;
}

}  // namespace sohoa
