#pragma once

#include <filesystem>
#include <memory>

#include "core/clock.h"
#include "pipeline/site/config.h"
#include "storage/catalogue/catalogue_store.h"

namespace sohoa {

/// The folders of one site, and its configuration.
class Site {
 public:
  static constexpr char kConfigFile[] = "sohoa.toml";
  /// Throws BatchError(siteMissing | siteConfig).
  static Site open(const std::filesystem::path& folder);
  /// Creates the folders, sohoa.toml and an empty repository; with `demo` also a demonstration PKI.
  /// Resumes an earlier call that was killed, if it was for the same kind of site. Throws
  /// BatchError(siteConfig) when the folder is in use, BatchError(siteBusy) when another process is
  /// creating the site.
  static void create(const std::filesystem::path& folder, bool demo, const Clock& clock);

  const Config& config() const { return config_; }
  std::filesystem::path root() const { return root_; }
  std::filesystem::path intake() const { return root_ / "intake"; }
  std::filesystem::path review() const { return root_ / "review"; }
  std::filesystem::path quarantine() const { return root_ / "quarantine"; }
  std::filesystem::path repository() const { return root_ / "repository"; }
  std::filesystem::path state() const { return root_ / "state"; }
  std::filesystem::path batches() const { return state() / "batches"; }
  std::filesystem::path work() const { return state() / "work"; }
  /// Scans of filed dossiers; they are not read again.
  std::filesystem::path processed() const { return state() / "processed"; }
  CatalogueStore catalogue() const { return {config_.catalogue, state() / "catalogue.sqlite"}; }
  std::filesystem::path ledger() const { return state() / "ledger.jsonl"; }
  std::filesystem::path anchors() const { return state() / "anchors"; }
  std::filesystem::path pkcs12() const { return root_ / config_.signing.pkcs12; }
  std::filesystem::path trust() const { return root_ / config_.signing.trust; }

  /// The system clock; on a demonstration site the time in $SOHOA_CLOCK if set, so that runs can be
  /// repeated byte for byte.
  std::unique_ptr<Clock> clock() const;

 private:
  Site(std::filesystem::path root, Config config)
      : root_(std::move(root)), config_(std::move(config)) {}
  std::filesystem::path root_;
  Config config_;
};

}  // namespace sohoa
