#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/record.h"
#include "storage/catalogue/catalogue.h"
#include "storage/repository/repository.h"

namespace sohoa {

/// Objects of dossiers begin with this; the dossier code follows.
inline constexpr std::string_view kDossierObjectPrefix = "urn:sohoa:dossier:";
/// The file of a dossier's object that holds its record.
inline constexpr std::string_view kRecordFile = "metadata.json";

/// Content of text/<document code>.txt: the pages, UTF-8, with a form feed between them. A form
/// feed inside a page becomes a newline.
std::string joinPages(const std::vector<std::string>& pages);
/// The pages again. `expected` pages, when known, so that "" can be told from one empty page.
std::vector<std::string> splitPages(const std::string& text, std::size_t expected);

/// Reads a metadata.json. Throws BatchError(repositoryDamaged), naming the file, when it cannot be
/// read or parsed.
DossierRecord readRecord(const std::filesystem::path& metadata);

/// One dossier in the repository: its versions, read and added.
///   DossierObject object(repository, code);
///   auto record = object.record();
///   record->retention = "…";
///   object.commit(repository, *record, {}, info);
/// Holds a reference to the repository, which must outlive it.
class DossierObject {
 public:
  DossierObject(const Repository& repository, const std::string& dossierCode);

  const std::string& id() const { return id_; }
  /// Newest version (from 1); 0 when the dossier is not filed.
  int head() const;
  /// The record of a version (0: the newest); nothing when there is no such version or it has no
  /// record. Throws BatchError(repositoryDamaged) when the record cannot be read.
  std::optional<DossierRecord> record(int version = 0) const;
  /// The same, and a missing record throws BatchError(repositoryDamaged) as well.
  DossierRecord requireRecord(int version = 0) const;
  /// Texts of the newest version's documents, for the catalogue's search.
  std::vector<Catalogue::DocumentText> texts(const DossierRecord& record) const;
  /// Adds a version that has the newest one's files but another record, and the `replaced` files
  /// (logical path -> file to copy from). Returns its number. `head` is the version that the record
  /// was read from: BatchError(repositoryDamaged) when it is not the newest any more.
  int commit(Repository& repository, int head, const DossierRecord& record,
             const std::map<std::string, std::filesystem::path>& replaced,
             const VersionInfo& info) const;

 private:
  const Repository& repository_;
  std::string id_;
};

}  // namespace sohoa
