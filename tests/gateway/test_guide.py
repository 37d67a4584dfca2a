"""办事须知: open without a log-in, reached from the log-in page, in the measure's words."""

from __future__ import annotations

from datetime import date

from gateway.app import create
from gateway.settings import Settings
from tests.servers.bare_service import bare_service
from tests.servers.postgres import Databases


async def test_agreement_4_2_the_guide_is_open_to_everybody(databases: Databases):
    def gateway(settings):
        return create(Settings(**dict(settings)))

    async with bare_service(databases, "gateway", gateway, date(2016, 9, 7)) as service:
        door = await service.client.get("/log-in")
        page = await service.client.get("/guide")
    assert 'href="/guide"' in door.text
    assert page.status_code == 200
    for words in (
        "按照社会保险经办机构的规定操作、使用",
        "安装防护软件，加强网络安全",
        "不得向其他任何单位和个人透露",
        "网上未开通的业务",
        "一个工作日内办结",
        "不可抗力停办时",
    ):
        assert words in page.text
