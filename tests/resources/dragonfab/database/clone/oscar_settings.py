from oscar.defaults import *  # noqa: F403
from common_settings import *  # noqa: F403

DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "oscar"}}
ROOT_URLCONF = "oscar_settings"
SITE_ID = 1
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}
MIDDLEWARE += ["allauth.account.middleware.AccountMiddleware"]
INSTALLED_APPS = """
    django.contrib.admin django.contrib.auth django.contrib.contenttypes django.contrib.sessions
    django.contrib.messages django.contrib.staticfiles django.contrib.postgres django.contrib.sites
    django.contrib.flatpages allauth allauth.account allauth.socialaccount allauth.usersessions allauth.mfa
    django_celery_results rest_framework rest_framework.authtoken oscar.config.Shop
    oscar.apps.analytics.apps.AnalyticsConfig oscar.apps.checkout.apps.CheckoutConfig
    oscar.apps.address.apps.AddressConfig oscar.apps.shipping.apps.ShippingConfig
    oscar.apps.catalogue.apps.CatalogueConfig oscar.apps.catalogue.reviews.apps.CatalogueReviewsConfig
    oscar.apps.communication.apps.CommunicationConfig oscar.apps.partner.apps.PartnerConfig
    oscar.apps.basket.apps.BasketConfig oscar.apps.payment.apps.PaymentConfig oscar.apps.offer.apps.OfferConfig
    oscar.apps.order.apps.OrderConfig oscar.apps.customer.apps.CustomerConfig
    oscar.apps.search.apps.SearchConfig oscar.apps.voucher.apps.VoucherConfig
    oscar.apps.wishlists.apps.WishlistsConfig oscar.apps.dashboard.apps.DashboardConfig
    oscar.apps.dashboard.reports.apps.ReportsDashboardConfig
    oscar.apps.dashboard.users.apps.UsersDashboardConfig oscar.apps.dashboard.orders.apps.OrdersDashboardConfig
    oscar.apps.dashboard.catalogue.apps.CatalogueDashboardConfig
    oscar.apps.dashboard.offers.apps.OffersDashboardConfig
    oscar.apps.dashboard.partners.apps.PartnersDashboardConfig
    oscar.apps.dashboard.pages.apps.PagesDashboardConfig oscar.apps.dashboard.ranges.apps.RangesDashboardConfig
    oscar.apps.dashboard.reviews.apps.ReviewsDashboardConfig
    oscar.apps.dashboard.vouchers.apps.VouchersDashboardConfig
    oscar.apps.dashboard.communications.apps.CommunicationsDashboardConfig
    oscar.apps.dashboard.shipping.apps.ShippingDashboardConfig widget_tweaks haystack treebeard django_tables2
""".split()
