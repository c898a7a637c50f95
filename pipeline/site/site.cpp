#include "pipeline/site/site.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
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
  reader.read("recognition", "tessdata", config.recognition.tessdata);
  reader.read("recognition", "model", config.recognition.model);
  reader.read("recognition", "page_timeout_seconds", config.recognition.pageTimeoutSeconds);
  reader.read("recognition", "page_attempts", config.recognition.pageAttempts);
  reader.read("recognition", "worker_memory_megabytes", config.recognition.workerMemoryMegabytes);
  reader.read("quality", "min_dpi", config.quality.minDpi);
  reader.read("quality", "min_confidence", config.quality.minConfidence);
  reader.read("quality", "max_unread_ink", config.quality.maxUnreadInk);
  reader.read("documents", "pdfa", config.documents.pdfa);
  reader.read("fields", "file_by_hand", config.fields.fileByHand);
  reader.read("signing", "pkcs12", config.signing.pkcs12);
  reader.read("signing", "password_file", config.signing.passwordFile);
  reader.read("signing", "pkcs11", config.signing.pkcs11);
  reader.read("signing", "pin_file", config.signing.pinFile);
  reader.readWord("signing", "level", config.signing.level, levelFromName);
  reader.readWord("signing", "digest", config.signing.digest, digestFromName);
  reader.read("signing", "rsa_pss", config.signing.rsaPss);
  reader.read("signing", "location", config.signing.location);
  reader.readList("timestamp", "urls", config.timestamp.urls);
  reader.read("timestamp", "policy", config.timestamp.policy);
  reader.read("timestamp", "user", config.timestamp.user);
  reader.read("timestamp", "password_file", config.timestamp.passwordFile);
  reader.read("timestamp", "timeout_seconds", config.timestamp.timeoutSeconds);
  reader.read("timestamp", "rest_seconds", config.timestamp.restSeconds);
  reader.read("timestamp", "renew_days", config.timestamp.renewDays);
  reader.read("revocation", "ocsp_url", config.revocation.ocspUrl);
  reader.read("revocation", "crl_url", config.revocation.crlUrl);
  reader.read("revocation", "keep_hours", config.revocation.keepHours);
  reader.read("revocation", "timeout_seconds", config.revocation.timeoutSeconds);
  reader.read("signing", "form_of_copy", config.signing.formOfCopy);
  reader.read("signing", "font", config.signing.font);
  reader.readWord("signing", "copy_appearance", config.signing.copyAppearance, appearanceCaseFromName);
  reader.read("signing", "seal", config.signing.seal);
  reader.read("signing", "seal_millimetres", config.signing.sealMillimetres);
  reader.read("signing", "trust", config.signing.trust);
  reader.read("signing", "revocation", config.signing.revocation);
  reader.read("review", "double_keying", config.review.doubleKeying);
  reader.readList("roles", "scan", config.roles.scan);
  reader.readList("roles", "key", config.roles.key);
  reader.readList("roles", "approve", config.roles.approve);
  reader.read("register", "encoding", config.registerFiles.encoding);
  reader.read("register", "sheet", config.registerFiles.sheet);
  reader.readTable("register", "columns", config.registerFiles.columns);
  reader.read("scan", "device", config.scan.device);
  reader.read("scan", "source", config.scan.source);
  reader.read("scan", "mode", config.scan.mode);
  reader.read("scan", "resolution", config.scan.dpi);
  reader.read("scan", "page_size", config.scan.pageSize);
  reader.read("scan", "jpeg_quality", config.scan.jpegQuality);
  reader.readList("scan", "signers", config.scan.signers);
  reader.read("watch", "settle_seconds", config.watch.settleSeconds);
  reader.read("watch", "poll_seconds", config.watch.pollSeconds);
  reader.read("report", "target_percent", config.report.targetPercent);
  reader.read("archive", "retention", config.archive.retention);
  reader.read("archive", "access", config.archive.access);
  reader.read("archive", "identifier", config.archive.identifier);
  reader.read("archive", "fonds", config.archive.fonds);
  reader.read("archive", "medium", config.archive.medium);
  reader.read("archive", "fields", config.archive.fields);
  reader.read("audit", "every_days", config.audit.everyDays);
  reader.read("audit", "megabytes_per_second", config.audit.megabytesPerSecond);
  reader.refuseUnknown();
  requireRange("recognition.page_timeout_seconds", config.recognition.pageTimeoutSeconds, 1, 86400);
  requireRange("recognition.page_attempts", config.recognition.pageAttempts, 1, 10);
  requireRange("recognition.worker_memory_megabytes", config.recognition.workerMemoryMegabytes, 300, 1 << 20);
  requireRange("quality.min_dpi", config.quality.minDpi, 1, 2400);
  requireRange("quality.min_confidence", config.quality.minConfidence, 0, 1);
  requireRange("quality.max_unread_ink", config.quality.maxUnreadInk, 0, 1);
  requireRange("timestamp.timeout_seconds", config.timestamp.timeoutSeconds, 1, 600);
  requireRange("timestamp.rest_seconds", config.timestamp.restSeconds, 0, 3600);
  requireRange("timestamp.renew_days", config.timestamp.renewDays, 0, 3650);
  requireRange("revocation.timeout_seconds", config.revocation.timeoutSeconds, 1, 600);
  requireRange("revocation.keep_hours", config.revocation.keepHours, 0, 24 * 7);
  if (config.signing.level != SignatureLevel::bB && config.timestamp.urls.empty()) {
    refuse("'signing.level' above B-B needs 'timestamp.urls'");
  }
  if (config.signing.copyAppearance != AppearanceCase::copy &&
      config.signing.copyAppearance != AppearanceCase::incoming) {
    refuse("'signing.copy_appearance' is neither copy nor incoming");
  }
  if (config.signing.copyAppearance == AppearanceCase::incoming && config.signing.seal.empty()) {
    refuse("'signing.copy_appearance' = incoming needs 'signing.seal'");
  }
  requireRange("signing.seal_millimetres", config.signing.sealMillimetres, 0, 100);
  requireRange("audit.every_days", config.audit.everyDays, 1, 3660);
  requireRange("audit.megabytes_per_second", config.audit.megabytesPerSecond, 0.1, 100000);
  requireRange("report.target_percent", config.report.targetPercent, 0, 100);
  requireRange("watch.settle_seconds", config.watch.settleSeconds, 1, 86400);
  requireRange("watch.poll_seconds", config.watch.pollSeconds, 0, 86400);
  requireRange("scan.resolution", config.scan.dpi, 200, 1200);
  requireRange("scan.jpeg_quality", config.scan.jpegQuality, 75, 100);
  if (!scanSourceFrom(config.scan.source)) refuse("'scan.source' is none of flatbed, feeder, duplex");
  if (!scanModeFrom(config.scan.mode)) refuse("'scan.mode' is none of colour, grey, lineart");
  if (!pageSizeFrom(config.scan.pageSize)) refuse("'scan.page_size' is no page size");
  if (config.documents.pdfa != "1b" && config.documents.pdfa != "2b") refuse("'documents.pdfa' is neither 1b nor 2b");
  if (!config.catalogue.empty() && !config.catalogue.starts_with("postgresql://") &&
      !config.catalogue.starts_with("postgres://")) {
    refuse(fmt::format("'catalogue' is no postgresql:// address: {}", config.catalogue));
  }
  if (config.signing.revocation != "required" && config.signing.revocation != "offered" &&
      config.signing.revocation != "available") {
    refuse("'signing.revocation' is none of required, offered, available");
  }
  if (config.registerFiles.encoding != "utf-8" && config.registerFiles.encoding != "windows-1258") {
    refuse("'register.encoding' is neither utf-8 nor windows-1258");
  }
  for (const auto& [name, heading] : config.registerFiles.columns) {
    if (!registerColumnFrom(name)) refuse(fmt::format("'register.columns.{}' is unknown", name));
  }
  if (config.agency.empty()) refuse("'site.agency' is missing");
  return config;
}

constexpr char kConfigFile[] = "sohoa.toml";
/// Written first and renamed to sohoa.toml last.
constexpr char kUnfinished[] = "sohoa.toml.unfinished";

/// Begun by writeFileDurably() and never finished.
bool isTemporary(const fs::path& file) {
  const std::string name = file.filename().string();
  return name.starts_with('.') && name.find(".tmp") != std::string::npos;
}

/// Whether an init that was killed left the folder: no command but init has ever used it.
bool wasCutShort(const fs::path& folder) {
  if (!fs::is_directory(folder) || fs::exists(folder / kConfigFile)) return false;
  if (fs::exists(folder / kUnfinished)) return true;
  // Killed while it wrote that very file.
  const auto entries = fs::directory_iterator(folder);
  return !fs::is_empty(folder) && std::all_of(begin(entries), end(entries), [](const auto& entry) {
    return isTemporary(entry.path()) &&
           entry.path().filename().string().starts_with(std::string(".") + kUnfinished);
  });
}

/// Removes what init makes anew: a repository that cannot hold a dossier yet, half-written files.
void clearWhatWasCutShort(const fs::path& folder) {
  fs::remove_all(folder / "repository");
  for (const fs::path& place : {folder, folder / "keys", folder / "trust"}) {
    if (!fs::is_directory(place)) continue;
    std::vector<fs::path> temporary;
    for (const auto& entry : fs::directory_iterator(place)) {
      if (entry.is_regular_file() && isTemporary(entry.path())) temporary.push_back(entry.path());
    }
    for (const fs::path& file : temporary) fs::remove(file);
  }
}

/// One process at a time makes a site; the kernel lets go of a killed one's lock.
class OneMaker {
 public:
  explicit OneMaker(const fs::path& folder)
      : fd_(::open((folder / kUnfinished).c_str(), O_RDWR | O_CLOEXEC)) {
    const bool held = fd_ >= 0 && ::flock(fd_, LOCK_EX | LOCK_NB) == 0;
    // Another one may have finished in between.
    if (held && !fs::exists(folder / kConfigFile)) return;
    if (fd_ >= 0) ::close(fd_);
    throw BatchError(Cause::siteBusy, folder.string());
  }
  ~OneMaker() { ::close(fd_); }
  OneMaker(const OneMaker&) = delete;
  OneMaker& operator=(const OneMaker&) = delete;

 private:
  int fd_;
};

}  // namespace

Site Site::open(const fs::path& folder) {
  const fs::path file = folder / kConfigFile;
  if (!fs::exists(file)) throw BatchError(Cause::siteMissing, fs::absolute(folder).string());
  return Site(fs::canonical(folder), readConfig(file));
}

void Site::create(const fs::path& folder, bool demo, const Clock& clock) {
  const std::string agency = demo ? std::string(kDemoAgency) : std::string(kAgencyToFillIn);
  const fs::path unfinished = folder / kUnfinished;
  const bool goesOn = wasCutShort(folder);
  if (!goesOn && fs::exists(folder) && !(fs::is_directory(folder) && fs::is_empty(folder))) {
    refuse(fmt::format("{} exists and is not an empty folder", folder.string()));
  }
  if (goesOn && fs::exists(unfinished) && readConfig(unfinished).demo != demo) {
    refuse(fmt::format("{} was begun {} --demo and not finished", folder.string(),
                       demo ? "without" : "with"));
  }
  createFoldersDurably(fs::absolute(folder));
  if (!fs::exists(unfinished)) writeFileDurably(unfinished, siteTemplate(agency, demo));
  const OneMaker alone(folder);
  if (goesOn) clearWhatWasCutShort(folder);
  for (const char* name : {"intake", "review", "quarantine", "state/batches", "state/work",
                           "state/processed", "trust", "keys"}) {
    createFoldersDurably(fs::absolute(folder) / name);
  }
  fs::permissions(folder / "keys", fs::perms::owner_all);
  Repository::create(folder / "repository");
  if (demo) makeDemoPki(folder / "keys", folder / "trust", agency, clock.now());
  // sohoa.toml comes last: a folder without it is no site, whatever a crash left in it.
  renameDurably(unfinished, folder / kConfigFile);
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
