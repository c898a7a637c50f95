#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "pipeline/site/appearance_kind.h"
#include "signing/base/signature_level.h"

namespace sohoa {

// One struct for each section of sohoa.toml, with its defaults. Units are part of the names.

struct RecognitionConfig {
  std::string tessdata = "/usr/share/tesseract-ocr/5/tessdata";
  std::string model = "vie";
  int pageTimeoutSeconds = 120;
  int pageAttempts = 2;
  int workerMemoryMegabytes = 3000;
};

struct QualityConfig {
  double minDpi = 200;          ///< NĐ 30/2020 Annex I: at least 200 dpi
  double minConfidence = 0.70;  ///< mean of a page's words, 0..1
  double maxUnreadInk = 0.50;   ///< share of ink outside words, seals and rules, 0..1
};

struct DocumentsConfig {
  std::string pdfa = "1b";  ///< profile of the documents made: "1b" (PDF/A-1b) or "2b" (PDF/A-2b)
};

struct FieldsConfig {
  /// What to do with a number or date that was filled in by hand and is missing in the register.
  /// True: file the dossier, and count it once the value is keyed in. False: hold it before
  /// signing.
  bool fileByHand = false;
};

struct SigningConfig {
  std::filesystem::path pkcs12 = "keys/agency.p12";  ///< path relative to the site
  /// or "credential:NAME" for a systemd credential
  std::string passwordFile = "keys/agency.password";
  std::string pkcs11;  ///< PKCS#11 URI (RFC 7512) of a key on a token; replaces pkcs12 when set
  std::string pinFile = "keys/agency.pin";  ///< same forms as passwordFile
  SignatureLevel level = SignatureLevel::bB;
  SignatureDigest digest = SignatureDigest::sha256;
  bool rsaPss = false;
  std::string location;              ///< place of signing; may be empty
  std::string formOfCopy = "SAO Y";  ///< NĐ 30/2020 Art 25: form of copy
  std::filesystem::path font;        ///< empty: Liberation Serif of the system
  /// Appearance of the agency's signature on copies: "copy" (NĐ 30/2020) or "incoming" (TT
  /// 01/2019/TT-BNV).
  AppearanceCase copyAppearance = AppearanceCase::copy;
  std::filesystem::path seal;  ///< PNG of the agency's seal with a transparent background
  double sealMillimetres = 0;  ///< width of the seal; 0: from the PNG's resolution
  std::filesystem::path trust = "trust";
  /// When revocation data is required for a signature to pass: required | offered | available.
  std::string revocation = "offered";
};

struct TimestampConfig {
  std::vector<std::string> urls;  ///< RFC 3161 over HTTP, tried in this order
  std::string policy, user, passwordFile;
  int timeoutSeconds = 20;
  int restSeconds = 60;  ///< pause before an authority that did not answer is tried again
  int renewDays = 90;    ///< archive timestamps are renewed this long before they weaken
};

struct RevocationConfig {
  std::string ocspUrl, crlUrl;  ///< for certificates that name no server
  int keepHours = 12;
  int timeoutSeconds = 20;
  /// `verify --online` may ask servers on private addresses, which certificates of foreign
  /// documents name.
  bool privateAddresses = false;
};

struct ReviewConfig {
  bool doubleKeying = false;  ///< a value counts once two persons have keyed in the same
};

/// Login names. If all lists are empty, everybody may do everything. Otherwise the person who
/// scanned a dossier may not approve it, whatever their roles.
struct RolesConfig {
  std::vector<std::string> scan, key, approve;
};

struct RegisterConfig {
  std::string encoding = "utf-8";  ///< of CSV files: "utf-8" or "windows-1258"
  std::string sheet;               ///< sheet of workbooks; empty: the first one
  /// Our column name -> its heading in the files of the one-stop system.
  std::map<std::string, std::string> columns;
};

struct ScanConfig {
  std::string device;             ///< SANE name; empty: the only scanner present
  std::string source = "feeder";  ///< flatbed | feeder | duplex
  std::string mode = "colour";    ///< colour | grey | lineart
  int dpi = 300;
  std::string pageSize = "A4";  ///< in the syntax of pageSizeFrom()
  int jpegQuality = 92;
  /// Certificate subjects of persons who sign their scans while scanning. Scans with their
  /// signature are digitised, and the agency signs after them.
  std::vector<std::string> signers;
};

struct WatchConfig {
  int settleSeconds = 10;  ///< a closed batch is taken in once it has not changed for this long
  int pollSeconds = 0;     ///< time between scans of intake/; 0: on kernel events
};

struct ReportConfig {
  int targetPercent = 30;
};

struct ArchiveConfig {
  std::string retention;  ///< retention period (thời hạn bảo quản) recorded when a dossier is filed
  std::string access;  ///< access regime (chế độ sử dụng) recorded when a dossier is filed
  std::string identifier;  ///< identifier of the archive (mã cơ quan lưu trữ)
  std::string fonds;       ///< fonds code (mã phông)
  /// storage medium (ký hiệu phương tiện lưu trữ), for the list of faulty files
  std::string medium;
  std::filesystem::path fields;  ///< empty: the table of TT 02/2019/TT-BNV
};

struct AuditConfig {
  int everyDays = 30;  ///< every byte is read at least this often
  double megabytesPerSecond = 50;
};

/// The contents of sohoa.toml with defaults filled in: config.scan.dpi is `resolution` of section
/// [scan].
struct Config {
  std::string catalogue;  ///< "postgresql://…" for several hosts; empty: a SQLite file of the site
  std::string agency;     ///< the agency's name as used in signatures
  bool demo = false;      ///< demonstration site, whose keys `init --demo` made
  RecognitionConfig recognition;
  QualityConfig quality;
  DocumentsConfig documents;
  FieldsConfig fields;
  SigningConfig signing;
  TimestampConfig timestamp;
  RevocationConfig revocation;
  ReviewConfig review;
  RolesConfig roles;
  RegisterConfig registerFiles;
  ScanConfig scan;
  WatchConfig watch;
  ReportConfig report;
  ArchiveConfig archive;
  AuditConfig audit;
};

/// Reads sohoa.toml. Throws BatchError(siteConfig) for a syntax error (with its line), an unknown
/// key, a value of the wrong type or out of range, or a missing agency.
Config readConfig(const std::filesystem::path& file);

}  // namespace sohoa
