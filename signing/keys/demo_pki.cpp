#include "signing/keys/demo_pki.h"

#include <fcntl.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <future>

#include "core/bytes/hex.h"
#include "core/durable.h"
#include "core/result.h"
#include "signing/base/openssl_handles.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

void require(bool ok) {
  if (!ok) throw BatchError(Cause::keyMissing, "demo PKI: " + drainOpensslErrors());
}

KeyHandle newKey() {
  KeyHandle key(EVP_RSA_gen(2048));
  require(key != nullptr);
  return key;
}

/// Shortens a name to the 64 characters that X.520 allows.
std::string bounded(const std::string& name) {
  std::size_t count = 0, bytes = 0;
  for (; bytes < name.size(); ++bytes) {
    if ((name[bytes] & 0xc0) != 0x80 && ++count > 64) break;
  }
  return name.substr(0, bytes);
}

void addName(X509_NAME* name, int nid, const std::string& value) {
  require(X509_NAME_add_entry_by_NID(name, nid, MBSTRING_UTF8, bytesOf(value),
                                     static_cast<int>(value.size()), -1, 0) == 1);
}

struct Holder {
  KeyHandle key;
  Certificate certificate;
};

struct Profile {
  std::string organisation, commonName;
  std::vector<std::pair<int, const char*>> extensions;  ///< in openssl.cnf notation
};

/// Issues a certificate valid from 2020, so that runs with a clock set to past years work too.
Holder issue(KeyHandle key, const Profile& profile, const Holder* issuer, Time now) {
  Holder holder{std::move(key), Certificate(X509_new())};
  X509* x = holder.certificate.get();
  require(x != nullptr && X509_set_version(x, X509_VERSION_3) == 1);
  unsigned char serial[16];
  require(RAND_bytes(serial, sizeof serial) == 1);
  serial[0] &= 0x7f;
  serial[0] |= 0x40;
  const Handle<BIGNUM, BN_free> number(BN_bin2bn(serial, sizeof serial, nullptr));
  require(number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(x)) != nullptr);
  constexpr Time kFrom = std::chrono::sys_days{std::chrono::year{2020} / 1 / 1};
  const auto until = now + std::chrono::days{3652};
  require(ASN1_TIME_set(X509_getm_notBefore(x), kFrom.time_since_epoch().count()) != nullptr);
  require(ASN1_TIME_set(X509_getm_notAfter(x), until.time_since_epoch().count()) != nullptr);
  X509_NAME* subject = X509_get_subject_name(x);
  addName(subject, NID_countryName, "VN");
  addName(subject, NID_organizationName, bounded(profile.organisation));
  addName(subject, NID_commonName, bounded(profile.commonName));
  X509* issuerCertificate = issuer != nullptr ? issuer->certificate.get() : x;
  require(X509_set_issuer_name(x, X509_get_subject_name(issuerCertificate)) == 1);
  require(X509_set_pubkey(x, holder.key.get()) == 1);
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuerCertificate, x, nullptr, nullptr, 0);
  auto extensions = profile.extensions;
  extensions.emplace_back(NID_subject_key_identifier, "hash");
  if (issuer != nullptr) extensions.emplace_back(NID_authority_key_identifier, "keyid:always");
  for (const auto& [nid, value] : extensions) {
    const Handle<X509_EXTENSION, X509_EXTENSION_free> extension(
        X509V3_EXT_conf_nid(nullptr, &context, nid, value));
    require(extension && X509_add_ext(x, extension.get(), -1) == 1);
  }
  EVP_PKEY* signer = issuer != nullptr ? issuer->key.get() : holder.key.get();
  require(X509_sign(x, signer, EVP_sha256()) > 0);
  return holder;
}

std::string contentOf(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

std::string pemOf(X509* certificate) {
  const BioHandle out(BIO_new(BIO_s_mem()));
  require(PEM_write_bio_X509(out.get(), certificate) == 1);
  return contentOf(out.get());
}

/// Creates the file with mode 0600, so that only its owner can ever read it.
void writeSecret(const fs::path& file, std::string_view bytes) {
  fs::remove(file);
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  bool ok = fd >= 0;
  while (ok && !bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    ok = n > 0;
    if (ok) bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  ok = ok && ::fsync(fd) == 0;
  const int error = errno;
  if (fd >= 0) ::close(fd);
  if (!ok) throw BatchError(Cause::diskError, file.string() + ": " + std::strerror(error));
}

void writePkcs12(const fs::path& file, const std::string& password, const Holder& holder,
                 const Holder& ca) {
  const CertificateStack chain(sk_X509_new_null());
  require(chain && sk_X509_push(chain.get(), ca.certificate.get()) > 0);
  const Pkcs12Handle container(PKCS12_create(password.c_str(), "sohoa DEMO", holder.key.get(),
                                             holder.certificate.get(), chain.get(), 0, 0, 0, 0, 0));
  const BioHandle out(BIO_new(BIO_s_mem()));
  require(container && i2d_PKCS12_bio(out.get(), container.get()) == 1);
  writeSecret(file, contentOf(out.get()));
}

}  // namespace

void makeDemoPki(const fs::path& keys, const fs::path& trust, const std::string& agencyName,
                 Time now) {
  createFoldersDurably(keys);
  createFoldersDurably(trust);
  constexpr char kCa[] = "critical,CA:TRUE", kIssuing[] = "critical,CA:TRUE,pathlen:0";
  constexpr char kCaUsage[] = "critical,keyCertSign,cRLSign";
  // Nearly all the time goes into finding primes: each key gets a thread of its own.
  std::future<KeyHandle> made[5];
  for (auto& key : made) key = std::async(std::launch::async, newKey);
  const Holder root = issue(
      made[0].get(),
      {"sohoa DEMO", "DEMO Root CA", {{NID_basic_constraints, kCa}, {NID_key_usage, kCaUsage}}},
      nullptr, now);
  const Holder ca = issue(made[1].get(),
                          {"sohoa DEMO",
                           "DEMO Agency CA",
                           {{NID_basic_constraints, kIssuing}, {NID_key_usage, kCaUsage}}},
                          &root, now);
  const Holder agency = issue(made[2].get(),
                              {agencyName,
                               agencyName.starts_with("DEMO") ? agencyName : "DEMO " + agencyName,
                               {{NID_basic_constraints, "critical,CA:FALSE"},
                                {NID_key_usage, "critical,digitalSignature,nonRepudiation"}}},
                              &ca, now);
  const Holder tsa = issue(made[3].get(),
                           {"sohoa DEMO",
                            "DEMO Timestamp Authority",
                            {{NID_basic_constraints, "critical,CA:FALSE"},
                             {NID_key_usage, "critical,digitalSignature"},
                             {NID_ext_key_usage, "critical,timeStamping"}}},
                           &ca, now);
  const Holder ocsp = issue(made[4].get(),
                            {"sohoa DEMO",
                             "DEMO OCSP Responder",
                             {{NID_basic_constraints, "critical,CA:FALSE"},
                              {NID_key_usage, "critical,digitalSignature"},
                              {NID_ext_key_usage, "OCSPSigning"},
                              {NID_id_pkix_OCSP_noCheck, "ignored"}}},
                            &ca, now);
  unsigned char random[24];
  require(RAND_bytes(random, sizeof random) == 1);
  const std::string password = hexOf({reinterpret_cast<const char*>(random), sizeof random});
  writeSecret(keys / "agency.password", password);
  writePkcs12(keys / "agency.p12", password, agency, ca);
  writePkcs12(keys / "tsa.p12", password, tsa, ca);
  writePkcs12(keys / "ocsp.p12", password, ocsp, ca);
  writeFileDurably(keys / "agency-ca.pem", pemOf(ca.certificate.get()));
  writeFileDurably(trust / "demo-root.pem", pemOf(root.certificate.get()));
  syncFolder(keys);
}

}  // namespace sohoa
