#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "pdf/structure/revisions.h"
#include "signing/certificates/revocation.h"
#include "signing/cms/cms.h"

namespace sohoa {

/// Certificates and revocation data of a document: from the document security stores of all its
/// revisions (ISO 32000-2, 12.8.4.3) and from its signatures (RFC 5652,
/// adbe-revocationInfoArchival, CAdES revocation-values). Being in the document does not make any
/// of it trusted.
class ValidationMaterial {
 public:
  /// Reads the stores of every revision, newest first.
  void readStores(const PdfRevisions& file);
  /// Reads certificates and revocation data inside a signature of revision `section`.
  void readCms(const Cms& cms, std::size_t section);
  /// Adds revocation data that was just fetched, not from the document.
  void addFetched(std::string_view der);
  void addCertificate(std::string_view der);

  const std::vector<Certificate>& certificates() const { return certificates_; }
  const RevocationStore& revocation() const { return revocation_; }
  /// The oldest revision (highest section) that contains this data; nullopt: it was fetched.
  std::optional<std::size_t> sectionOf(std::string_view der) const;
  bool hasStore() const { return hasStore_; }

 private:
  void addRevocation(std::string_view der, bool list, std::size_t section);
  void readArchival(std::string_view value, std::size_t section);
  void readRevocationValues(std::string_view value, std::size_t section);

  std::vector<Certificate> certificates_;
  std::set<std::string> known_;  ///< DER of the certificates
  RevocationStore revocation_;
  std::map<std::string, std::size_t, std::less<>> sections_;
  std::size_t bytes_ = 0;
  bool hasStore_ = false;
};

}  // namespace sohoa
