#include "pipeline/site/site_template.h"

#include <fmt/core.h>

namespace sohoa {

std::string siteTemplate(const std::string& agency, bool demo) {
  return fmt::format(R"(# sohoa.toml: cấu hình của một kho số hóa / configuration of one site.
# Đường dẫn tương đối tính từ thư mục này. Relative paths start at this folder.

[site]
agency = "{agency}"   # tên cơ quan như trên chữ ký / the agency as it signs
demo = {demo}                # true: khóa ký thử nghiệm / keys made for demonstration only

[recognition]
tessdata = "/usr/share/tesseract-ocr/5/tessdata"
model = "vie"
page_timeout_seconds = 120   # quá thời gian này trang được thử lại / then the page is tried again
page_attempts = 2
worker_memory_megabytes = 3000

[quality]                    # trang không đạt thì chờ người duyệt / a page below waits for a person
min_dpi = 200.0              # NĐ 30/2020/NĐ-CP, Phụ lục I
min_confidence = 0.70
max_unread_ink = 0.50

[documents]
pdfa = "1b"                  # PDF/A-1b (TCVN 14159-1:2024); "2b": PDF/A-2b

[fields]
file_by_hand = false         # số, ngày điền tay mà sổ không có: true = lưu ngay, tính sau khi nhập / true: file now, count once keyed in

[signing]
pkcs12 = "keys/agency.p12"
password_file = "keys/agency.password"
form_of_copy = "SAO Y"       # NĐ 30/2020/NĐ-CP: SAO Y, SAO LỤC, TRÍCH SAO
font = ""                    # trống: Liberation Serif của hệ thống / empty: the system's Liberation Serif
copy_appearance = "copy"     # copy: NĐ 30/2020/NĐ-CP, chỉ có chữ / text alone; incoming: TT 01/2019/TT-BNV, có dấu / with the seal
seal = ""                    # ảnh dấu, PNG nền trong suốt / the seal, a PNG with a transparent ground
seal_millimetres = 0.0       # chiều rộng thật; 0: theo tệp ảnh / its real width; 0: as the PNG says
level = "B-B"                # B-B, B-T, B-LT, B-LTA (ETSI EN 319 142-1)
digest = "SHA-256"           # SHA-256, SHA-384, SHA-512
rsa_pss = false
# pkcs11 = "pkcs11:token=...;object=..."   # khóa trên thiết bị, thay cho pkcs12 / a key on a token, instead of pkcs12
# pin_file = "credential:agency-pin"       # tệp hoặc credential của systemd / a file, or a credential of systemd
trust = "trust"              # chứng thư gốc được tin cậy / root certificates, one PEM file each
revocation = "offered"       # required | offered | available: khi nào phải biết tình trạng thu hồi / when it must be known

[timestamp]                  # cần cho B-T trở lên / needed from B-T on
urls = []                    # máy chủ RFC 3161, hỏi lần lượt / RFC 3161 authorities, asked in this order
policy = ""
timeout_seconds = 20
rest_seconds = 60            # máy chủ không trả lời thì nghỉ hỏi chừng ấy / one that did not answer is not asked for so long
renew_days = 90              # sohoa extend --due: gia hạn trước khi hết hạn chừng ấy ngày / renewed so many days before they end

[revocation]
ocsp_url = ""                # khi chứng thư không tự nêu / for certificates that name no server
crl_url = ""
keep_hours = 12              # mỗi chứng thư hỏi một lần mỗi đêm / asked once per certificate and night
timeout_seconds = 20
private_addresses = false    # true: verify --online được hỏi cả máy chủ trong mạng nội bộ / may ask servers of private networks too

[review]
double_keying = false        # true: hai người phải nhập cùng một giá trị / two persons must key in the same value

[roles]                      # tên đăng nhập; trống cả ba: không phân quyền / login names; all empty: no roles
scan = []                    # quét / scan
key = []                     # nhập giá trị / key in values
approve = []                 # duyệt; người đã quét không được duyệt / approve; never who scanned it

[register]                   # tệp xuất từ hệ thống một cửa / files that the one-stop system exports
encoding = "utf-8"           # tệp CSV / of CSV files: "utf-8", "windows-1258"
sheet = ""                   # tên trang tính; trống: trang đầu tiên / of a workbook; empty: the first one
# [register.columns]         # khi tên cột khác / where its headings are others
# dossier_code = "Số biên nhận"
# unit = "Phòng thụ lý"

[scan]                       # mặc định của lệnh scan / what `sohoa scan` does unless told otherwise
device = ""                  # trống: máy quét duy nhất / empty: the only scanner there is (`sohoa scan --list`)
source = "feeder"            # flatbed, feeder, duplex
mode = "colour"              # colour, grey, lineart
resolution = 300             # NĐ 30/2020/NĐ-CP: ít nhất 200 / at least 200
page_size = "A4"             # A3, A4, A5, letter, legal, max, 210x297
jpeg_quality = 92
signers = []                 # chủ thể chứng thư (cả DN hoặc CN) của người quét ký ngay khi quét (TT 01/2023/TT-VPCP, Điều 8)
                             # subjects (whole, or common names) of those who sign what they scan at once

[watch]                      # lệnh watch / `sohoa watch`
settle_seconds = 10          # lô đã đóng phải yên trong chừng ấy giây / a closed batch must not change for so long
poll_seconds = 0             # thư mục mạng: nhìn lại sau mỗi chừng ấy giây / network share: look that often; 0: by events

[report]
target_percent = 30

[archive]
retention = ""               # thời hạn bảo quản / retention term, e.g. "Vĩnh viễn"
access = ""                  # chế độ sử dụng / access, e.g. "Hạn chế"
identifier = ""              # mã cơ quan lưu trữ / code of the archive
fonds = ""                   # mã phông / code of the fonds
medium = ""                  # ký hiệu phương tiện lưu trữ / sign of the storage medium
fields = ""                  # trống: bảng của TT 02/2019/TT-BNV / empty: the table of that circular

[audit]
every_days = 30              # mỗi tệp được đọc lại ít nhất sau chừng ấy ngày / every byte is read so often
megabytes_per_second = 50.0
)",
                     fmt::arg("agency", agency), fmt::arg("demo", demo));
}

}  // namespace sohoa
