#include <array>

#include "samples/texts/texts.h"

namespace sohoa::samples {
namespace {

constexpr std::array<const char*, 8> kObligations = {
    "Thu gom, xử lý toàn bộ nước thải phát sinh đạt QCVN 40:2011/BTNMT (cột B) và QCVN "
    "14:2008/BTNMT trước khi thải ra môi trường.",
    "Thực hiện các biện pháp giảm thiểu bụi, khí thải và tiếng ồn trong quá trình thi công; bảo "
    "đảm QCVN 05:2013/BTNMT và QCVN 26:2010/BTNMT.",
    "Phân loại, lưu giữ và chuyển giao chất thải nguy hại cho đơn vị có chức năng xử lý theo quy "
    "định tại Thông tư số 36/2015/TT-BTNMT.",
    "Lập kế hoạch phòng ngừa, ứng phó sự cố môi trường; tổ chức tập huấn cho người lao động ít "
    "nhất một lần mỗi năm.",
    "Trồng và chăm sóc dải cây xanh cách ly, bảo đảm tỷ lệ diện tích cây xanh không dưới 20% tổng "
    "diện tích khu đất.",
    "Thực hiện chương trình quan trắc, giám sát môi trường định kỳ 03 tháng/lần và gửi kết quả về "
    "Sở Tài nguyên và Môi trường để theo dõi, kiểm tra.",
    "Phục hồi môi trường ngay sau khi kết thúc hoạt động khai thác; ký quỹ cải tạo, phục hồi môi "
    "trường đúng thời hạn.",
    "Đền bù thiệt hại và khắc phục ô nhiễm nếu để xảy ra sự cố ảnh hưởng đến sản xuất, sinh hoạt "
    "của nhân dân trong vùng."};

}  // namespace

void writeImpactAssessment(DocumentText& text, Random& random, bool brief) {
  issuedByDepartment(text, random, "QĐ");
  Fields& fields = text.fields;
  fields.typeName = "QUYẾT ĐỊNH";
  const Place place = drawPlace(random);
  const std::string project = drawProject(random);
  const std::string company = drawCompany(random);
  text.applicant = company;
  fields.abstract = "Phê duyệt Báo cáo đánh giá tác động môi trường của Dự án “" + project +
                    "” tại " + place.commune + ", " + place.district;
  addBases(text, random, "environment", brief ? 2 : random.integer(3, 5));
  text.blocks.push_back(basis("Theo đề nghị của Hội đồng thẩm định tại Biên bản họp ngày " +
                              fields.date.plus(-random.integer(20, 45)).slash() +
                              " và Văn bản số " + std::to_string(random.integer(2, 95)) + "/CV-" +
                              std::to_string(random.integer(2020, 2021)) + " của " + company +
                              " về việc chỉnh sửa, bổ sung Báo cáo;"));
  text.blocks.push_back(basis("Xét đề nghị của Chi cục trưởng Chi cục Bảo vệ môi trường."));
  text.blocks.push_back(centred("<b>QUYẾT ĐỊNH:</b>"));
  text.blocks.push_back(
      article(1, "Phê duyệt nội dung Báo cáo đánh giá tác động môi trường của Dự án “" + project +
                     "” (sau đây gọi là Dự án) do " + company + " làm Chủ dự án, thực hiện tại " +
                     place.village + ", " + place.commune + ", " + place.district +
                     " với các nội dung chính sau đây:"));
  text.blocks.push_back(
      item("Diện tích thực hiện Dự án: " + vietnameseNumber(random.real(0.4, 38), 2) +
           " ha; công suất thiết kế: " + vietnameseNumber(random.integer(12, 480) * 100) +
           " tấn sản phẩm/năm."));
  text.blocks.push_back(item(
      "Tổng mức đầu tư: " + vietnameseNumber(random.integer(45, 1900) * 100) + " triệu đồng."));
  text.blocks.push_back(
      item("Tọa độ điểm góc số 1 (hệ VN-2000, kinh tuyến trục 106°00', múi chiếu 3°): " +
           coordinates(random) + "."));
  text.blocks.push_back(article(2, "Chủ dự án có trách nhiệm thực hiện các yêu cầu sau:"));
  const int count = brief ? 3 : random.integer(6, 8);
  for (int i = 0; i < count; ++i) {
    text.blocks.push_back(
        paragraph(std::to_string(i + 1) + ". " + kObligations[static_cast<std::size_t>(i)]));
  }
  text.blocks.push_back(article(
      3,
      "Quyết định phê duyệt Báo cáo đánh giá tác động môi trường là căn cứ để cấp có thẩm quyền "
      "kiểm tra, thanh tra việc thực hiện công tác bảo vệ môi trường của Dự án."));
  text.blocks.push_back(article(
      4, "Giao Chi cục Bảo vệ môi trường chủ trì, phối hợp với Phòng Tài nguyên và Môi trường " +
             place.district +
             " kiểm tra việc thực hiện các nội dung bảo vệ môi trường tại Quyết định này."));
  text.blocks.push_back(article(5, "Quyết định này có hiệu lực thi hành kể từ ngày ký./."));
  text.recipients = {company + ";", "UBND tỉnh (b/c);", "UBND " + place.district + ";",
                     "UBND " + place.commune + ";", "Lưu: VT, CCBVMT (05 bản)."};
}

void writeEnvironmentalPermit(DocumentText& text, Random& random, bool brief) {
  issuedByDepartment(text, random, "GXN");
  Fields& fields = text.fields;
  fields.typeName = "GIẤY XÁC NHẬN";
  const Place place = drawPlace(random);
  const std::string project = drawProject(random);
  const std::string company = drawCompany(random);
  text.applicant = company;
  fields.abstract = "Hoàn thành công trình bảo vệ môi trường của Dự án “" + project + "”";
  text.blocks.push_back(paragraph("<b>I. Thông tin chung về dự án:</b>"));
  text.blocks.push_back(paragraph("Tên chủ dự án: " + company + "."));
  text.blocks.push_back(paragraph("Địa chỉ trụ sở: " + place.village + ", " + place.commune + ", " +
                                  place.district + ", tỉnh Quảng Bình. Điện thoại: 0232." +
                                  std::to_string(random.integer(3512000, 3899999)) + "."));
  text.blocks.push_back(paragraph(
      "Giấy chứng nhận đăng ký doanh nghiệp số " +
      std::to_string(3100000000LL + random.integer(100000, 1199999)) +
      " do Sở Kế hoạch và Đầu tư tỉnh Quảng Bình cấp lần đầu ngày " +
      Date{random.integer(2006, 2018), random.integer(1, 12), random.integer(1, 28)}.slash() +
      "."));
  text.blocks.push_back(paragraph("Quyết định phê duyệt Báo cáo đánh giá tác động môi trường số " +
                                  std::to_string(random.integer(105, 3200)) + "/QĐ-UBND ngày " +
                                  fields.date.plus(-random.integer(400, 900)).slash() +
                                  " của Ủy ban nhân dân tỉnh Quảng Bình."));
  text.blocks.push_back(paragraph("<b>II. Nội dung xác nhận:</b>"));
  text.blocks.push_back(
      paragraph("Xác nhận " + company +
                " đã hoàn thành các công trình bảo vệ môi trường để vận hành Dự án “" + project +
                "” như sau:"));
  text.blocks.push_back(paragraph(
      "1. Hệ thống xử lý nước thải sinh hoạt công suất " + std::to_string(random.integer(5, 120)) +
      " m³/ngày đêm, công nghệ sinh học hiếu khí kết hợp khử trùng; nước thải sau xử lý đạt QCVN "
      "14:2008/BTNMT, cột B, hệ số K = 1,2."));
  text.blocks.push_back(paragraph(
      "2. Kho lưu giữ chất thải nguy hại diện tích " + std::to_string(random.integer(6, 48)) +
      " m², nền bê tông chống thấm, có mái che, gờ chắn và biển cảnh báo theo quy định."));
  if (!brief) {
    text.blocks.push_back(paragraph(
        "3. Hệ thống xử lý bụi và khí thải lò hơi bằng cyclone kết hợp tháp hấp thụ, lưu lượng " +
        vietnameseNumber(random.integer(40, 260) * 100) + " m³/giờ; ống thoát khí cao " +
        std::to_string(random.integer(12, 28)) +
        " m. Kết quả đo đạc trong ba đợt liên tục cho thấy các thông "
        "số bụi tổng, SO₂, NOx và CO đều nằm trong giới hạn cho phép của QCVN 19:2009/BTNMT, cột "
        "B."));
    text.blocks.push_back(paragraph(
        "4. Hồ sinh thái kết hợp hồ sự cố dung tích " +
        vietnameseNumber(random.integer(8, 90) * 50) +
        " m³, lót bạt HDPE dày 1,5 mm; có mương thu gom nước mưa chảy tràn tách riêng với hệ thống "
        "thoát nước thải."));
    text.blocks.push_back(paragraph("<b>III. Yêu cầu đối với chủ dự án:</b>"));
    for (int i = 0; i < 5; ++i) {
      text.blocks.push_back(item(kObligations[static_cast<std::size_t>(i + 2)]));
    }
  }
  text.blocks.push_back(
      paragraph("Giấy xác nhận này là căn cứ để Chủ dự án đưa công trình vào vận hành chính thức. "
                "Mọi thay đổi "
                "so với nội dung đã được xác nhận phải báo cáo Sở Tài nguyên và Môi trường xem "
                "xét, quyết định./."));
  text.issuerLine.clear();
  text.recipients = {"Như trên;", "Chi cục BVMT;", "UBND " + place.district + ";",
                     "Lưu: VT, HSCP."};
}

}  // namespace sohoa::samples
