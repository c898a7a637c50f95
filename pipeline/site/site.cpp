#include "pipeline/site/site.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <unistd.h>

#include <cstdlib>
#include <optional>
#include <chrono>
#include <set>
#include <thread>
#include <toml++/toml.h>

#include "core/durable.h"
#include "core/result.h"
#include "pipeline/site/site_template.h"
#include "scanner/scanner.h"
#include "signing/keys/demo_pki.h"
#include "storage/register/register_columns.h"
#include "storage/repository/repository.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::string& detail) { throw BatchError(Cause::siteConfig, detail); }

/// Reads known keys and remembers them, so that a misspelt key is an error and not a silent default.
class Reader {
 public:
  explicit Reader(const toml::table& root) : root_(root) {}

  template <class T>
  void read(std::string_view section, std::string_view key, T& into) {
    known_.insert(fmt::format("{}.{}", section, key));
    const auto node = root_[section][key];
    if (!node) return;
    if constexpr (std::is_same_v<T, fs::path>) {
      std::string text = into.string();
      assign(section, key, node.value<std::string>(), text);
      into = text;
    } else {
      assign(section, key, node.template value<T>(), into);
    }
  }

  /// A key above the first section.
  void read(std::string_view key, std::string& into) {
    known_.insert(std::string(key));
    const auto node = root_[key];
    if (node) assign("", key, node.value<std::string>(), into);
  }

  void readList(std::string_view section, std::string_view key, std::vector<std::string>& into) {
    known_.insert(fmt::format("{}.{}", section, key));
    const auto node = root_[section][key];
    if (!node) return;
    const toml::array* list = node.as_array();
    if (list == nullptr) refuse(fmt::format("'{}.{}' is not a list", section, key));
    for (const auto& item : *list) {
      const auto text = item.value<std::string>();
      if (!text) refuse(fmt::format("'{}.{}' holds something else than text", section, key));
      into.push_back(*text);
    }
  }

  /// A table inside a section, of texts.
  void readTable(std::string_view section, std::string_view key,
                 std::map<std::string, std::string>& into) {
    known_.insert(fmt::format("{}.{}", section, key));
    const auto node = root_[section][key];
    if (!node) return;
    const toml::table* table = node.as_table();
    if (table == nullptr) refuse(fmt::format("'{}.{}' is not a table", section, key));
    for (const auto& [name, value] : *table) {
      const auto text = value.value<std::string>();
      if (!text) refuse(fmt::format("'{}.{}.{}' is no text", section, key, name.str()));
      into[std::string(name.str())] = *text;
    }
  }

  /// A word that `parse` knows.
  template <class T, class Parse>
  void readWord(std::string_view section, std::string_view key, T& into, const Parse& parse) {
    std::string word;
    read(section, key, word);
    if (word.empty()) return;
    const auto value = parse(word);
    if (!value) refuse(fmt::format("'{}.{}': '{}' is unknown", section, key, word));
    into = *value;
  }

  void refuseUnknown() const {
    for (const auto& [section, node] : root_) {
      if (known_.contains(std::string(section.str()))) continue;
      const toml::table* table = node.as_table();
      if (!table) refuse(fmt::format("'{}' is outside a section", section.str()));
      for (const auto& [key, value] : *table) {
        const std::string name = fmt::format("{}.{}", section.str(), key.str());
        if (!known_.contains(name)) refuse(fmt::format("unknown key '{}'", name));
      }
    }
  }

 private:
  template <class T>
  static void assign(std::string_view section, std::string_view key, std::optional<T> value, T& into) {
    if (!value) refuse(fmt::format("'{}.{}' has the wrong type", section, key));
    into = std::move(*value);
  }

  const toml::table& root_;
  std::set<std::string> known_;
};

void requireRange(std::string_view name, double value, double low, double high) {
  if (!(value >= low && value <= high)) {
    refuse(fmt::format("'{}' is {}, but must lie between {} and {}", name, value, low, high));
  }
}

Config readConfig(const fs::path& file) {
  toml::table table;
  try {
    table = toml::parse_file(file.string());
  } catch (const toml::parse_error& error) {
    refuse(fmt::format("line {}: {}", error.source().begin.line, error.description()));
  }
  Config config;
  Reader reader(table);
  reader.read("catalogue", config.catalogue);
  reader.read("site", "agency", config.agency);
  reader.read("site", "demo", config.demo);
  reader.read("recognition", "tessdata", config.tessdata);
  reader.read("recognition", "model", config.model);
  reader.read("recognition", "page_timeout_seconds", config.pageTimeoutSeconds);
  reader.read("recognition", "page_attempts", config.pageAttempts);
  reader.read("recognition", "worker_memory_megabytes", config.workerMemoryMegabytes);
  reader.read("quality", "min_dpi", config.minDpi);
  reader.read("quality", "min_confidence", config.minConfidence);
  reader.read("quality", "max_unread_ink", config.maxUnreadInk);
  reader.read("documents", "pdfa", config.pdfa);
  reader.read("fields", "file_by_hand", config.fileByHand);
  reader.read("signing", "pkcs12", config.pkcs12);
  reader.read("signing", "password_file", config.passwordFile);
  reader.read("signing", "pkcs11", config.pkcs11);
  reader.read("signing", "pin_file", config.pinFile);
  reader.readWord("signing", "level", config.signatureLevel, levelFromName);
  reader.readWord("signing", "digest", config.signatureDigest, digestFromName);
  reader.read("signing", "rsa_pss", config.rsaPss);
  reader.read("signing", "location", config.location);
  reader.readList("timestamp", "urls", config.timestampUrls);
  reader.read("timestamp", "policy", config.timestampPolicy);
  reader.read("timestamp", "user", config.timestampUser);
  reader.read("timestamp", "password_file", config.timestampPasswordFile);
  reader.read("timestamp", "timeout_seconds", config.timestampTimeoutSeconds);
  reader.read("timestamp", "rest_seconds", config.timestampRestSeconds);
  reader.read("timestamp", "renew_days", config.renewDays);
  reader.read("revocation", "ocsp_url", config.ocspUrl);
  reader.read("revocation", "crl_url", config.crlUrl);
  reader.read("revocation", "keep_hours", config.revocationKeepHours);
  reader.read("revocation", "timeout_seconds", config.revocationTimeoutSeconds);
  reader.read("signing", "form_of_copy", config.formOfCopy);
  reader.read("signing", "font", config.font);
  reader.readWord("signing", "copy_appearance", config.copyAppearance, appearanceCaseFromName);
  reader.read("signing", "seal", config.seal);
  reader.read("signing", "seal_millimetres", config.sealMillimetres);
  reader.read("signing", "trust", config.trust);
  reader.read("signing", "revocation", config.revocation);
  reader.read("review", "double_keying", config.doubleKeying);
  reader.readList("roles", "scan", config.scanRole);
  reader.readList("roles", "key", config.keyRole);
  reader.readList("roles", "approve", config.approveRole);
  reader.read("register", "encoding", config.registerEncoding);
  reader.read("register", "sheet", config.registerSheet);
  reader.readTable("register", "columns", config.registerColumns);
  reader.read("scan", "device", config.scanDevice);
  reader.read("scan", "source", config.scanSource);
  reader.read("scan", "mode", config.scanMode);
  reader.read("scan", "resolution", config.scanDpi);
  reader.read("scan", "page_size", config.scanPageSize);
  reader.read("scan", "jpeg_quality", config.scanJpegQuality);
  reader.readList("scan", "signers", config.scanSigners);
  reader.read("watch", "settle_seconds", config.watchSettleSeconds);
  reader.read("watch", "poll_seconds", config.watchPollSeconds);
  reader.read("report", "target_percent", config.targetPercent);
  reader.read("archive", "retention", config.retention);
  reader.read("archive", "access", config.access);
  reader.read("archive", "identifier", config.archiveId);
  reader.read("archive", "fonds", config.fondsId);
  reader.read("archive", "medium", config.medium);
  reader.read("archive", "fields", config.archiveFields);
  reader.read("audit", "every_days", config.auditDays);
  reader.read("audit", "megabytes_per_second", config.auditMegabytesPerSecond);
  reader.refuseUnknown();
  requireRange("recognition.page_timeout_seconds", config.pageTimeoutSeconds, 1, 86400);
  requireRange("recognition.page_attempts", config.pageAttempts, 1, 10);
  requireRange("recognition.worker_memory_megabytes", config.workerMemoryMegabytes, 300, 1 << 20);
  requireRange("quality.min_dpi", config.minDpi, 1, 2400);
  requireRange("quality.min_confidence", config.minConfidence, 0, 1);
  requireRange("quality.max_unread_ink", config.maxUnreadInk, 0, 1);
  requireRange("timestamp.timeout_seconds", config.timestampTimeoutSeconds, 1, 600);
  requireRange("timestamp.rest_seconds", config.timestampRestSeconds, 0, 3600);
  requireRange("timestamp.renew_days", config.renewDays, 0, 3650);
  requireRange("revocation.timeout_seconds", config.revocationTimeoutSeconds, 1, 600);
  requireRange("revocation.keep_hours", config.revocationKeepHours, 0, 24 * 7);
  if (config.signatureLevel != SignatureLevel::bB && config.timestampUrls.empty()) {
    refuse("'signing.level' above B-B needs 'timestamp.urls'");
  }
  if (config.copyAppearance != AppearanceCase::copy &&
      config.copyAppearance != AppearanceCase::incoming) {
    refuse("'signing.copy_appearance' is neither copy nor incoming");
  }
  if (config.copyAppearance == AppearanceCase::incoming && config.seal.empty()) {
    refuse("'signing.copy_appearance' = incoming needs 'signing.seal'");
  }
  requireRange("signing.seal_millimetres", config.sealMillimetres, 0, 100);
  requireRange("audit.every_days", config.auditDays, 1, 3660);
  requireRange("audit.megabytes_per_second", config.auditMegabytesPerSecond, 0.1, 100000);
  requireRange("report.target_percent", config.targetPercent, 0, 100);
  requireRange("watch.settle_seconds", config.watchSettleSeconds, 1, 86400);
  requireRange("watch.poll_seconds", config.watchPollSeconds, 0, 86400);
  requireRange("scan.resolution", config.scanDpi, 200, 1200);
  requireRange("scan.jpeg_quality", config.scanJpegQuality, 75, 100);
  if (!scanSourceFrom(config.scanSource)) refuse("'scan.source' is none of flatbed, feeder, duplex");
  if (!scanModeFrom(config.scanMode)) refuse("'scan.mode' is none of colour, grey, lineart");
  if (!pageSizeFrom(config.scanPageSize)) refuse("'scan.page_size' is no page size");
  if (config.pdfa != "1b" && config.pdfa != "2b") refuse("'documents.pdfa' is neither 1b nor 2b");
  if (!config.catalogue.empty() && !config.catalogue.starts_with("postgresql://") &&
      !config.catalogue.starts_with("postgres://")) {
    refuse(fmt::format("'catalogue' is no postgresql:// address: {}", config.catalogue));
  }
  if (config.revocation != "required" && config.revocation != "offered" &&
      config.revocation != "available") {
    refuse("'signing.revocation' is none of required, offered, available");
  }
  if (config.registerEncoding != "utf-8" && config.registerEncoding != "windows-1258") {
    refuse("'register.encoding' is neither utf-8 nor windows-1258");
  }
  for (const auto& [name, heading] : config.registerColumns) {
    if (!registerColumnFrom(name)) refuse(fmt::format("'register.columns.{}' is unknown", name));
  }
  if (config.agency.empty()) refuse("'site.agency' is missing");
  return config;
}

}  // namespace

Site Site::open(const fs::path& folder) {
  const fs::path file = folder / "sohoa.toml";
  if (!fs::exists(file)) throw BatchError(Cause::siteMissing, fs::absolute(folder).string());
  return Site(fs::canonical(folder), readConfig(file));
}

void Site::create(const fs::path& folder, bool demo, const Clock& clock) {
  if (fs::exists(folder) && !(fs::is_directory(folder) && fs::is_empty(folder))) {
    refuse(fmt::format("{} exists and is not an empty folder", folder.string()));
  }
  for (const char* name : {"intake", "review", "quarantine", "state/batches", "state/work",
                           "state/processed", "trust", "keys"}) {
    createFoldersDurably(fs::absolute(folder) / name);
  }
  fs::permissions(folder / "keys", fs::perms::owner_all);
  Repository::create(folder / "repository");
  const std::string agency = demo ? std::string(kDemoAgency) : std::string(kAgencyToFillIn);
  if (demo) makeDemoPki(folder / "keys", folder / "trust", agency, clock.now());
  // sohoa.toml comes last: a folder without it is no site, whatever a crash left in it.
  writeFileDurably(folder / "sohoa.toml", siteTemplate(agency, demo));
}

std::unique_ptr<Clock> Site::clock() const {
  const char* fixed = std::getenv("SOHOA_CLOCK");
  if (config_.demo && fixed) {
    const auto time = parseIsoTime(fixed);
    if (!time) refuse(fmt::format("SOHOA_CLOCK is no time: {}", fixed));
    return std::make_unique<FixedClock>(*time);
  }
  return std::make_unique<SystemClock>();
}

namespace {

/// Runs that share a site wait for each other's moments alone; everybody else is told at once.
bool lockSite(int fd, SiteLock::Kind kind) {
  if (kind == SiteLock::Kind::alone) return ::flock(fd, LOCK_EX | LOCK_NB) == 0;
  constexpr int kTries = 300;
  for (int i = 0; i < kTries; ++i) {
    if (::flock(fd, LOCK_SH | LOCK_NB) == 0) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return false;
}

}  // namespace

SiteLock::SiteLock(const Site& site, Kind kind) : name_(site.root().string()) {
  const fs::path file = site.state() / "lock";
  fd_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (fd_ < 0) throw BatchError(Cause::diskError, file.string());
  if (!lockSite(fd_, kind)) {
    ::close(fd_);
    throw BatchError(Cause::siteBusy, name_);
  }
}

void SiteLock::ifAlone(const std::function<void()>& work) {
  if (::flock(fd_, LOCK_EX | LOCK_NB) == 0) work();
  // Changing the kind lets go for an instant, in which a command that wants the site for itself may
  // come between.
  if (!lockSite(fd_, Kind::shared)) throw BatchError(Cause::siteBusy, name_);
}

SiteLock::~SiteLock() { ::close(fd_); }

}  // namespace sohoa
