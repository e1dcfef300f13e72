
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registration', '0005_outbox'),
    ]

    operations = [
        migrations.AlterField(
            model_name='auditentry',
            name='action',
            field=models.CharField(choices=[('switched_off', 'Switched Off'), ('switch_ended', 'Switch Ended'), ('corrected', 'Corrected'), ('correction_ended', 'Correction Ended'), ('partner_signed_up', 'Partner Signed Up'), ('partner_approved', 'Partner Approved'), ('partner_suspended', 'Partner Suspended'), ('partner_resumed', 'Partner Resumed'), ('site_allowed', 'Site Allowed'), ('site_removed', 'Site Removed'), ('member_invited', 'Member Invited'), ('invitation_revoked', 'Invitation Revoked'), ('member_joined', 'Member Joined'), ('role_changed', 'Role Changed'), ('member_removed', 'Member Removed'), ('key_made', 'Key Made'), ('key_rotated', 'Key Rotated'), ('key_revoked', 'Key Revoked'), ('webhook_made', 'Webhook Made'), ('webhook_changed', 'Webhook Changed'), ('webhook_rotated', 'Webhook Rotated'), ('webhook_removed', 'Webhook Removed'), ('theme_changed', 'Theme Changed'), ('question_added', 'Question Added'), ('question_moved', 'Question Moved'), ('question_retired', 'Question Retired'), ('exported', 'Exported'), ('print_exported', 'Print Exported'), ('print_posted', 'Print Posted'), ('print_back', 'Print Back')], max_length=20),
        ),
    ]
