#include "signing/verify/embedded_validation_data.h"

#include "signing/base/asn1.h"

namespace sohoa {
namespace {

using Kind = PdfValue::Kind;

constexpr std::size_t kMaxCertificates = 200;
constexpr std::size_t kMaxCertificateBytes = 1 << 16;
constexpr std::size_t kMaxRevocationBytes = std::size_t{64} << 20;
constexpr std::size_t kMaxStreams = 2000;

}  // namespace

void ValidationMaterial::addCertificate(std::string_view der) {
  if (certificates_.size() >= kMaxCertificates || der.size() > kMaxCertificateBytes) return;
  if (known_.count(std::string(der)) != 0) return;
  Certificate certificate = certificateFromDer(der);
  if (!certificate) return;
  known_.emplace(der);
  revocation_.addResponder(certificate.get());
  certificates_.push_back(std::move(certificate));
}

void ValidationMaterial::addRevocation(std::string_view der, bool list, std::size_t section) {
  const auto known = sections_.find(der);
  if (known != sections_.end()) {
    known->second = std::max(known->second, section);
    return;
  }
  if (bytes_ + der.size() > kMaxRevocationBytes) return;
  if (!(list ? revocation_.addCrl(der) : revocation_.addOcsp(der))) return;
  bytes_ += der.size();
  sections_.emplace(der, section);
}

void ValidationMaterial::addFetched(std::string_view der) {
  if (!revocation_.addOcsp(der)) revocation_.addCrl(der);
}

std::optional<std::size_t> ValidationMaterial::sectionOf(std::string_view der) const {
  const auto found = sections_.find(der);
  return found != sections_.end() ? std::optional(found->second) : std::nullopt;
}

void ValidationMaterial::readStores(const PdfRevisions& file) {
  if (file.isEncrypted()) return;
  std::map<std::pair<std::uint32_t, std::uint64_t>, std::string> read;  // by number and place
  std::string lastStore;
  for (std::size_t section = 0; section < file.sections().size(); ++section) {
    try {
      const PdfValue catalog = file.catalog(section);
      const PdfValue store = file.get(catalog, "DSS", section);
      if (!store.is(Kind::dictionary)) continue;
      hasStore_ = true;
      for (const char* key : {"Certs", "OCSPs", "CRLs"}) {
        std::set<std::pair<std::uint32_t, std::uint64_t>> seen;
        for (const PdfValue& item : file.get(store, key, section).items) {
          if (!item.is(Kind::reference)) continue;
          const auto entry = file.entry(item.reference.number, section);
          if (!entry) continue;
          const auto place = std::make_pair(item.reference.number, entry->place);
          if (!seen.insert(place).second) continue;
          auto found = read.find(place);
          if (found == read.end()) {
            if (read.size() >= kMaxStreams) continue;
            const PdfObject object = file.object(item.reference, section);
            found =
                read.emplace(place, object.hasStream ? file.decoded(object, section) : "").first;
          }
          if (*key == 'C' && key[1] == 'e') {
            addCertificate(found->second);
          } else {
            addRevocation(found->second, key[0] == 'C', section);
          }
        }
      }
    } catch (const PdfSyntaxError&) {
      // A damaged store is skipped; stores of other revisions still count.
    }
  }
}

void ValidationMaterial::readCms(const Cms& cms, std::size_t section) {
  for (const Certificate& certificate : cms.certificates) addCertificate(derOf(certificate.get()));
  for (std::string_view list : cms.crls) addRevocation(list, true, section);
  for (std::string_view response : cms.ocspResponses) addRevocation(response, false, section);
  const auto readAll = [&](const std::vector<CmsAttribute>& attributes) {
    for (const CmsAttribute& attribute : attributes) {
      if (attribute.values.empty()) continue;
      try {
        if (attribute.oid == "1.2.840.113583.1.1.8") readArchival(attribute.values[0], section);
        if (attribute.oid == "1.2.840.113549.1.9.16.2.24") {
          readRevocationValues(attribute.values[0], section);
        }
        if (attribute.oid == "1.2.840.113549.1.9.16.2.23") {
          BerReader outer(attribute.values[0]);
          for (BerReader list(outer.next(0x30).content); !list.done();) {
            addCertificate(list.next().whole);
          }
        }
      } catch (const Asn1Error&) {
      }
    }
  };
  readAll(cms.signedAttributes);
  readAll(cms.unsignedAttributes);
}

/// RevocationInfoArchival (ISO 32000-1:2008, 12.8.3.3.2): [0] CRLs, [1] OCSPResponses.
void ValidationMaterial::readArchival(std::string_view value, std::size_t section) {
  BerReader outer(value);
  for (BerReader parts(outer.next(0x30).content); !parts.done();) {
    const Tlv part = parts.next();
    if (part.tag != 0xa0 && part.tag != 0xa1) continue;
    BerReader wrapped(part.content);
    for (BerReader list(wrapped.next(0x30).content); !list.done();) {
      addRevocation(list.next().whole, part.tag == 0xa0, section);
    }
  }
}

/// RevocationValues (EN 319 122-1, A.1.2.2): [0] CRLs, [1] BasicOCSPResponses.
void ValidationMaterial::readRevocationValues(std::string_view value, std::size_t section) {
  readArchival(value, section);
}

}  // namespace sohoa
