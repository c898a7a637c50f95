#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "pipeline/site/appearance_kind.h"
#include "signing/base/signature_level.h"

namespace sohoa {

// One struct for each section of sohoa.toml, with its defaults. Units stand in the names.

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
  std::string pdfa = "1b";  ///< of the documents made: "1b" (PDF/A-1b) or "2b" (PDF/A-2b)
};

struct FieldsConfig {
  /// A number or day filled in by hand that the register does not have: file the dossier, and count
  /// it once the value is keyed in, instead of holding it before it is signed.
  bool fileByHand = false;
};

struct SigningConfig {
  std::filesystem::path pkcs12 = "keys/agency.p12";   ///< relative to the site
  std::string passwordFile = "keys/agency.password";  ///< or "credential:NAME" of systemd
  std::string pkcs11;  ///< pkcs11: URI (RFC 7512) of a key on a token; instead of pkcs12
  std::string pinFile = "keys/agency.pin";  ///< as passwordFile
  SignatureLevel level = SignatureLevel::bB;
  SignatureDigest digest = SignatureDigest::sha256;
  bool rsaPss = false;
  std::string location;              ///< place of signing; may be empty
  std::string formOfCopy = "SAO Y";  ///< NĐ 30/2020 Art 25: form of copy
  std::filesystem::path font;        ///< empty: Liberation Serif of the system
  /// What the batch's signature shows: "copy" (NĐ 30/2020) or "incoming" (TT 01/2019/TT-BNV).
  AppearanceCase copyAppearance = AppearanceCase::copy;
  std::filesystem::path seal;  ///< PNG of the agency's seal with a transparent ground
  double sealMillimetres = 0;  ///< its width; 0: as the PNG says
  std::filesystem::path trust = "trust";
  /// When revocation must be known for a signature to pass: required | offered | available.
  std::string revocation = "offered";
};

struct TimestampConfig {
  std::vector<std::string> urls;  ///< RFC 3161 over HTTP, asked in this order
  std::string policy, user, passwordFile;
  int timeoutSeconds = 20;
  int restSeconds = 60;  ///< an authority that did not answer is left alone for that long
  int renewDays = 90;    ///< archive timestamps are renewed that long before they weaken
};

struct RevocationConfig {
  std::string ocspUrl, crlUrl;  ///< for certificates that name no server of their own
  int keepHours = 12;
  int timeoutSeconds = 20;
};

struct ReviewConfig {
  bool doubleKeying = false;  ///< two persons must key in the same value before it counts
};

/// Login names. All lists empty: everybody may do everything. Otherwise the person who scanned a
/// dossier does not approve it, whatever their roles.
struct RolesConfig {
  std::vector<std::string> scan, key, approve;
};

struct RegisterConfig {
  std::string encoding = "utf-8";  ///< of CSV files: "utf-8" or "windows-1258"
  std::string sheet;               ///< of workbooks; empty: the first one
  /// Our name of a column -> its heading in the files of the one-stop system.
  std::map<std::string, std::string> columns;
};

struct ScanConfig {
  std::string device;             ///< SANE name; empty: the only scanner there is
  std::string source = "feeder";  ///< flatbed | feeder | duplex
  std::string mode = "colour";    ///< colour | grey | lineart
  int dpi = 300;
  std::string pageSize = "A4";  ///< as pageSizeFrom() takes it
  int jpegQuality = 92;
  /// Subjects of the certificates of those who scan and sign what they scanned at once: scans with
  /// their signature are digitised, and the agency signs after them.
  std::vector<std::string> signers;
};

struct WatchConfig {
  int settleSeconds = 10;  ///< a closed batch is taken once it has not changed for that long
  int pollSeconds = 0;     ///< time between looks; 0: look when the kernel reports a change
};

struct ReportConfig {
  int targetPercent = 30;
};

struct ArchiveConfig {
  std::string retention;   ///< thời hạn bảo quản that a dossier is filed with
  std::string access;      ///< chế độ sử dụng that a dossier is filed with
  std::string identifier;  ///< mã cơ quan lưu trữ
  std::string fonds;       ///< mã phông
  std::string medium;      ///< ký hiệu phương tiện lưu trữ, for the list of faulty files
  std::filesystem::path fields;  ///< empty: the table of TT 02/2019/TT-BNV
};

struct AuditConfig {
  int everyDays = 30;  ///< every byte is read at least this often
  double megabytesPerSecond = 50;
};

/// sohoa.toml with defaults filled in: config.scan.dpi is `resolution` of its section [scan].
struct Config {
  std::string catalogue;  ///< "postgresql://…" for several hosts; empty: a file of the site
  std::string agency;     ///< name of the agency as it signs
  bool demo = false;      ///< demonstration site: keys made by `init --demo`
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
/// key, a value of the wrong type or out of range, and a missing agency.
Config readConfig(const std::filesystem::path& file);

}  // namespace sohoa
