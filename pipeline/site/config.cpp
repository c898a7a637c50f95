#include "pipeline/site/config.h"

#include "pipeline/site/config_reader.h"
#include "scanner/scanner.h"
#include "storage/register/register_columns.h"

namespace sohoa {
namespace {

void requireRange(std::string_view name, double value, double low, double high) {
  if (!(value >= low && value <= high)) {
    refuse(fmt::format("'{}' is {}, but must lie between {} and {}", name, value, low, high));
  }
}

void readSection(ConfigReader& reader, RecognitionConfig& into) {
  reader.read("recognition", "tessdata", into.tessdata);
  reader.read("recognition", "model", into.model);
  reader.read("recognition", "page_timeout_seconds", into.pageTimeoutSeconds);
  reader.read("recognition", "page_attempts", into.pageAttempts);
  reader.read("recognition", "worker_memory_megabytes", into.workerMemoryMegabytes);
  requireRange("recognition.page_timeout_seconds", into.pageTimeoutSeconds, 1, 86400);
  requireRange("recognition.page_attempts", into.pageAttempts, 1, 10);
  requireRange("recognition.worker_memory_megabytes", into.workerMemoryMegabytes, 300, 1 << 20);
}

void readSection(ConfigReader& reader, QualityConfig& into) {
  reader.read("quality", "min_dpi", into.minDpi);
  reader.read("quality", "min_confidence", into.minConfidence);
  reader.read("quality", "max_unread_ink", into.maxUnreadInk);
  requireRange("quality.min_dpi", into.minDpi, 1, 2400);
  requireRange("quality.min_confidence", into.minConfidence, 0, 1);
  requireRange("quality.max_unread_ink", into.maxUnreadInk, 0, 1);
}

void readSection(ConfigReader& reader, DocumentsConfig& into) {
  reader.read("documents", "pdfa", into.pdfa);
  if (into.pdfa != "1b" && into.pdfa != "2b") refuse("'documents.pdfa' is neither 1b nor 2b");
}

void readSection(ConfigReader& reader, FieldsConfig& into) {
  reader.read("fields", "file_by_hand", into.fileByHand);
}

void readSection(ConfigReader& reader, SigningConfig& into) {
  reader.read("signing", "pkcs12", into.pkcs12);
  reader.read("signing", "password_file", into.passwordFile);
  reader.read("signing", "pkcs11", into.pkcs11);
  reader.read("signing", "pin_file", into.pinFile);
  reader.readWord("signing", "level", into.level, levelFromName);
  reader.readWord("signing", "digest", into.digest, digestFromName);
  reader.read("signing", "rsa_pss", into.rsaPss);
  reader.read("signing", "location", into.location);
  reader.read("signing", "form_of_copy", into.formOfCopy);
  reader.read("signing", "font", into.font);
  reader.readWord("signing", "copy_appearance", into.copyAppearance, appearanceCaseFromName);
  reader.read("signing", "seal", into.seal);
  reader.read("signing", "seal_millimetres", into.sealMillimetres);
  reader.read("signing", "trust", into.trust);
  reader.read("signing", "revocation", into.revocation);
  if (into.copyAppearance != AppearanceCase::copy &&
      into.copyAppearance != AppearanceCase::incoming) {
    refuse("'signing.copy_appearance' is neither copy nor incoming");
  }
  if (into.copyAppearance == AppearanceCase::incoming && into.seal.empty()) {
    refuse("'signing.copy_appearance' = incoming needs 'signing.seal'");
  }
  requireRange("signing.seal_millimetres", into.sealMillimetres, 0, 100);
  if (into.revocation != "required" && into.revocation != "offered" &&
      into.revocation != "available") {
    refuse("'signing.revocation' is none of required, offered, available");
  }
}

void readSection(ConfigReader& reader, TimestampConfig& into) {
  reader.readList("timestamp", "urls", into.urls);
  reader.read("timestamp", "policy", into.policy);
  reader.read("timestamp", "user", into.user);
  reader.read("timestamp", "password_file", into.passwordFile);
  reader.read("timestamp", "timeout_seconds", into.timeoutSeconds);
  reader.read("timestamp", "rest_seconds", into.restSeconds);
  reader.read("timestamp", "renew_days", into.renewDays);
  requireRange("timestamp.timeout_seconds", into.timeoutSeconds, 1, 600);
  requireRange("timestamp.rest_seconds", into.restSeconds, 0, 3600);
  requireRange("timestamp.renew_days", into.renewDays, 0, 3650);
}

void readSection(ConfigReader& reader, RevocationConfig& into) {
  reader.read("revocation", "ocsp_url", into.ocspUrl);
  reader.read("revocation", "crl_url", into.crlUrl);
  reader.read("revocation", "keep_hours", into.keepHours);
  reader.read("revocation", "timeout_seconds", into.timeoutSeconds);
  reader.read("revocation", "private_addresses", into.privateAddresses);
  requireRange("revocation.timeout_seconds", into.timeoutSeconds, 1, 600);
  requireRange("revocation.keep_hours", into.keepHours, 0, 24 * 7);
}

void readSection(ConfigReader& reader, ReviewConfig& into) {
  reader.read("review", "double_keying", into.doubleKeying);
}

void readSection(ConfigReader& reader, RolesConfig& into) {
  reader.readList("roles", "scan", into.scan);
  reader.readList("roles", "key", into.key);
  reader.readList("roles", "approve", into.approve);
}

void readSection(ConfigReader& reader, RegisterConfig& into) {
  reader.read("register", "encoding", into.encoding);
  reader.read("register", "sheet", into.sheet);
  reader.readTable("register", "columns", into.columns);
  if (into.encoding != "utf-8" && into.encoding != "windows-1258") {
    refuse("'register.encoding' is neither utf-8 nor windows-1258");
  }
  for (const auto& [name, heading] : into.columns) {
    if (!registerColumnFrom(name)) refuse(fmt::format("'register.columns.{}' is unknown", name));
  }
}

void readSection(ConfigReader& reader, ScanConfig& into) {
  reader.read("scan", "device", into.device);
  reader.read("scan", "source", into.source);
  reader.read("scan", "mode", into.mode);
  reader.read("scan", "resolution", into.dpi);
  reader.read("scan", "page_size", into.pageSize);
  reader.read("scan", "jpeg_quality", into.jpegQuality);
  reader.readList("scan", "signers", into.signers);
  if (!scanSourceFrom(into.source)) refuse("'scan.source' is none of flatbed, feeder, duplex");
  if (!scanModeFrom(into.mode)) refuse("'scan.mode' is none of colour, grey, lineart");
  if (!pageSizeFrom(into.pageSize)) refuse("'scan.page_size' is no page size");
  requireRange("scan.resolution", into.dpi, 200, 1200);
  requireRange("scan.jpeg_quality", into.jpegQuality, 75, 100);
}

void readSection(ConfigReader& reader, WatchConfig& into) {
  reader.read("watch", "settle_seconds", into.settleSeconds);
  reader.read("watch", "poll_seconds", into.pollSeconds);
  requireRange("watch.settle_seconds", into.settleSeconds, 1, 86400);
  requireRange("watch.poll_seconds", into.pollSeconds, 0, 86400);
}

void readSection(ConfigReader& reader, ReportConfig& into) {
  reader.read("report", "target_percent", into.targetPercent);
  requireRange("report.target_percent", into.targetPercent, 0, 100);
}

void readSection(ConfigReader& reader, ArchiveConfig& into) {
  reader.read("archive", "retention", into.retention);
  reader.read("archive", "access", into.access);
  reader.read("archive", "identifier", into.identifier);
  reader.read("archive", "fonds", into.fonds);
  reader.read("archive", "medium", into.medium);
  reader.read("archive", "fields", into.fields);
}

void readSection(ConfigReader& reader, AuditConfig& into) {
  reader.read("audit", "every_days", into.everyDays);
  reader.read("audit", "megabytes_per_second", into.megabytesPerSecond);
  requireRange("audit.every_days", into.everyDays, 1, 3660);
  requireRange("audit.megabytes_per_second", into.megabytesPerSecond, 0.1, 100000);
}

toml::table parsed(const std::filesystem::path& file) try {
  return toml::parse_file(file.string());
} catch (const toml::parse_error& error) {
  refuse(fmt::format("line {}: {}", error.source().begin.line, error.description()));
}

void requireCatalogueAddress(const std::string& address) {
  if (address.empty() || address.starts_with("postgresql://") ||
      address.starts_with("postgres://")) {
    return;
  }
  refuse(fmt::format("'catalogue' is no postgresql:// address: {}", address));
}

}  // namespace

Config readConfig(const std::filesystem::path& file) {
  const toml::table table = parsed(file);
  Config config;
  ConfigReader reader(table);
  reader.read("catalogue", config.catalogue);
  reader.read("site", "agency", config.agency);
  reader.read("site", "demo", config.demo);
  readSection(reader, config.recognition);
  readSection(reader, config.quality);
  readSection(reader, config.documents);
  readSection(reader, config.fields);
  readSection(reader, config.signing);
  readSection(reader, config.timestamp);
  readSection(reader, config.revocation);
  readSection(reader, config.review);
  readSection(reader, config.roles);
  readSection(reader, config.registerFiles);
  readSection(reader, config.scan);
  readSection(reader, config.watch);
  readSection(reader, config.report);
  readSection(reader, config.archive);
  readSection(reader, config.audit);
  reader.refuseUnknown();
  requireCatalogueAddress(config.catalogue);
  if (config.signing.level != SignatureLevel::bB && config.timestamp.urls.empty()) {
    refuse("'signing.level' above B-B needs 'timestamp.urls'");
  }
  if (config.agency.empty()) refuse("'site.agency' is missing");
  return config;
}

}  // namespace sohoa
