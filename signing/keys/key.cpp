#include "signing/keys/key.h"

#include "core/durable.h"
#include "signing/keys/key_material.h"
#include "signing/keys/pkcs11_token.h"

namespace sohoa {
namespace {

constexpr std::size_t kMaxKeyFile = 1 << 20;

bool isSelfIssued(X509* certificate) {
  return X509_NAME_cmp(X509_get_subject_name(certificate), X509_get_issuer_name(certificate)) == 0;
}

}  // namespace

SigningKey SigningKey::fromPkcs12(const std::filesystem::path& file, const std::string& password) {
  std::string bytes;
  try {
    if (std::filesystem::file_size(file) > kMaxKeyFile) {
      throw BatchError(Cause::keyMissing, file.string() + ": too big for a key file");
    }
    bytes = readFile(file);
  } catch (const std::filesystem::filesystem_error& error) {
    throw BatchError(Cause::keyMissing, error.what());
  }
  const unsigned char* at = bytesOf(bytes);
  const Pkcs12Handle container(d2i_PKCS12(nullptr, &at, static_cast<long>(bytes.size())));
  if (!container) {
    throw BatchError(Cause::keyMissing,
                     file.string() + ": not a PKCS#12 file: " + drainOpensslErrors());
  }
  if (PKCS12_mac_present(container.get()) == 1 &&
      PKCS12_verify_mac(container.get(), password.c_str(), static_cast<int>(password.size())) !=
          1) {
    drainOpensslErrors();
    throw BatchError(Cause::keyPassword, file.string());
  }
  EVP_PKEY* rawKey = nullptr;
  X509* rawCertificate = nullptr;
  STACK_OF(X509)* rawChain = nullptr;
  const int parsed =
      PKCS12_parse(container.get(), password.c_str(), &rawKey, &rawCertificate, &rawChain);
  auto material = std::make_unique<Material>();
  material->key.reset(rawKey);
  material->certificate.reset(rawCertificate);
  std::vector<Certificate> chain;
  while (rawChain != nullptr && sk_X509_num(rawChain) > 0)
    chain.emplace_back(sk_X509_shift(rawChain));
  sk_X509_free(rawChain);
  if (parsed != 1) {
    throw BatchError(Cause::keyMissing, file.string() + ": " + drainOpensslErrors());
  }
  drainOpensslErrors();
  if (!material->key || !material->certificate ||
      X509_check_private_key(material->certificate.get(), material->key.get()) != 1) {
    drainOpensslErrors();
    throw BatchError(Cause::keyMissing,
                     file.string() + ": no private key with its certificate inside");
  }
  // Leaves out roots: a verifier has its own anchors and must not take one from here.
  for (Certificate& certificate : chain) {
    if (!isSelfIssued(certificate.get()))
      material->intermediates.push_back(derOf(certificate.get()));
  }
  material->info = infoOf(material->certificate.get());
  material->der = derOf(material->certificate.get());
  return SigningKey(std::move(material));
}

SigningKey SigningKey::withSigner(std::shared_ptr<DigestSigner> signer,
                                  const std::string& certificate,
                                  std::vector<std::string> intermediates) {
  auto material = std::make_unique<Material>();
  material->outside = std::move(signer);
  material->certificate = certificateFromDer(certificate);
  if (!material->certificate) throw BatchError(Cause::keyMissing, "damaged certificate");
  material->key.reset(X509_get_pubkey(material->certificate.get()));
  material->info = infoOf(material->certificate.get());
  material->der = certificate;
  material->intermediates = std::move(intermediates);
  return SigningKey(std::move(material));
}

SigningKey SigningKey::fromPkcs11(const std::string& uri, const std::string& pin) {
  auto token = std::make_shared<Token>(uri, pin);
  // Of the certificates on the token, keep the path upwards from the key's certificate.
  std::vector<Certificate> others;
  for (const std::string& der : token->otherCertificates()) {
    if (Certificate other = certificateFromDer(der)) others.push_back(std::move(other));
  }
  std::vector<std::string> intermediates;
  const Certificate own = certificateFromDer(token->certificate());
  X509* issued = own.get();
  while (issued != nullptr && intermediates.size() < others.size()) {
    X509* issuer = nullptr;
    for (const Certificate& other : others) {
      if (X509_check_issued(other.get(), issued) == X509_V_OK) issuer = other.get();
    }
    if (issuer == nullptr || isSelfIssued(issuer)) break;
    intermediates.push_back(derOf(issuer));
    issued = issuer;
  }
  drainOpensslErrors();
  const std::string certificate = token->certificate();
  return withSigner(std::move(token), certificate, std::move(intermediates));
}

SigningKey::SigningKey(std::unique_ptr<Material> material) : material_(std::move(material)) {}
SigningKey::~SigningKey() = default;
SigningKey::SigningKey(SigningKey&&) noexcept = default;
SigningKey& SigningKey::operator=(SigningKey&&) noexcept = default;

const CertificateInfo& SigningKey::certificate() const { return material_->info; }

void SigningKey::requireUsableAt(Time at) const {
  const CertificateInfo& info = material_->info;
  if (at > info.notAfter) {
    throw BatchError(Cause::certificateExpired, info.subject + ", " + isoVietnam(info.notAfter));
  }
  if (at < info.notBefore) {
    throw BatchError(Cause::certificateNotYetValid,
                     info.subject + ", " + isoVietnam(info.notBefore));
  }
  if (const char* why = unfitForDocuments(material_->certificate.get())) {
    throw BatchError(Cause::certificateUsage, info.subject + ": " + why);
  }
  const int type = EVP_PKEY_get_base_id(material_->key.get());
  const int bits = EVP_PKEY_get_bits(material_->key.get());
  if ((type == EVP_PKEY_RSA && bits < 2048) || (type == EVP_PKEY_EC && bits < 256)) {
    throw BatchError(Cause::certificateUsage,
                     info.subject + ": the key is too short (" + std::to_string(bits) + " bits)");
  }
}

}  // namespace sohoa
