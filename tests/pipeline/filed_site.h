#pragma once

#include <string>

#include "core/record.h"
#include "pipeline/site/site.h"
#include "tests/support/files.h"

namespace sohoa::test {

/// A site with dossiers that are filed as a night files them — object, catalogue row,
/// ledger entry — but made in milliseconds: their documents are plain text named .pdf.
class FiledSite {
 public:
  enum class Keys { none, demonstration };  ///< keys take a second to make
  explicit FiledSite(int dossiers = 0, Keys keys = Keys::none);

  const Site& site() const { return site_; }
  std::filesystem::path operator/(const std::filesystem::path& path) const {
    return site_.root() / path;
  }
  std::filesystem::path folder() const { return temporary_.path(); }
  /// "000.00.12.H46-210910-<n>"
  static std::string code(int n);
  static std::string object(int n) { return "urn:sohoa:dossier:" + code(n); }
  /// Files the n-th dossier with `results` results; returns its version.
  int file(int n, int results = 1, const std::string& content = "nội dung") const;
  std::filesystem::path objectPlace(int n) const;
  DossierRecord record(int n) const;
  /// Errors of an audit, "code where what" a line; "" when everything holds.
  std::string auditErrors(bool full = true) const;

 private:
  TemporaryFolder temporary_;
  Site site_;
};

}  // namespace sohoa::test
