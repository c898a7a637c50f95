#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "storage/catalogue/catalogue.h"

namespace sohoa {

/// An empty catalogue that is filled beside the one in use. Goes away unless adopted.
class CatalogueDraft {
 public:
  virtual ~CatalogueDraft() = default;
  virtual Catalogue& catalogue() = 0;
  /// Closes the database and frees its cache until the next use.
  virtual void rest() = 0;
  /// Replaces the catalogue in use by this one and keeps the former beside it until the next
  /// replacement. Neither may be open in another process.
  virtual void adopt() = 0;
};

/// Where a site's catalogue lives. Thread-safe.
class CatalogueStore {
 public:
  /// `address`: "postgresql://…", or empty for the SQLite file.
  CatalogueStore(std::string address, std::filesystem::path file)
      : address_(std::move(address)), file_(std::move(file)) {}
  /// Whether several hosts can use it.
  bool shared() const { return !address_.empty(); }
  /// The file, or the address without a password.
  std::string name() const;
  bool exists() const;
  /// Made when missing.
  std::unique_ptr<Catalogue> open() const;
  std::unique_ptr<CatalogueDraft> draft() const;

 private:
  std::string address_;
  std::filesystem::path file_;
};

}  // namespace sohoa
